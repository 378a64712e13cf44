package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.TrackUse;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The decoding of one recording of a file, which most files have one of: run ffmpeg over its
 * tracks, choose and mix channels and tracks. Used once.
 */
final class PartDecoding {
  /** Tracks that are decoded together; files with more are rare. */
  private static final int MAX_TRACKS = 8;

  /** Containers with time stamps of their own; in others ffmpeg makes them up. */
  private static final Set<String> TIMED =
      Set.of(
          "matroska",
          "flac",
          "mp4",
          "ogg",
          "mpegts",
          "mpeg",
          "flv",
          "asf",
          "avi",
          "nut",
          "mxf",
          "rm",
          "wtv");

  private final FfmpegRun run;
  private final FfmpegProbe.Source source;
  private final Workplace workplace;
  private final List<FfmpegRun.Track> tracks = new ArrayList<>();

  /** Opens the preferred track, and the others unless they are translations of it. */
  PartDecoding(FfmpegRun run, FfmpegProbe.Source source, Workplace workplace) throws IOException {
    this.run = run;
    this.source = source;
    this.workplace = workplace;
    List<AudioStream> streams = new ArrayList<>(List.of(source.stream()));
    streams.addAll(source.others());
    int count = TrackMix.areTranslations(streams) ? 1 : Math.min(MAX_TRACKS, streams.size());
    for (AudioStream stream : streams.subList(0, count)) {
      SampleClock clock =
          TIMED.contains(source.containerName())
              ? new SampleClock(source.hasPicture())
              : SampleClock.disabled();
      tracks.add(new FfmpegRun.Track(stream, workplace.open(stream.channels(), clock)));
    }
  }

  /** Decodes to the end, or to the first damage that ends ffmpeg. */
  FfmpegRun.Outcome decode(String argument, FfmpegRun.Progress progress, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    FfmpegRun.Input input = new FfmpegRun.Input(argument, source.inputOptions());
    FfmpegRun.Outcome outcome = run.decode(input, tracks, progress, context);
    for (FfmpegRun.Track track : tracks) {
      track.recording().finish();
    }
    return outcome;
  }

  /** Samples of the longest track so far. */
  long samples() {
    return tracks.stream().mapToLong(track -> track.recording().samples()).max().orElse(0);
  }

  /** Mixes what was decoded. */
  PartSound sound() throws IOException, ProcessingException {
    List<Mixer.MeteredSound> monos = new ArrayList<>();
    List<ChannelUse> channels = List.of();
    for (FfmpegRun.Track track : tracks) {
      List<ChannelUse> uses = ChannelMix.of(track.recording().meter());
      channels = monos.isEmpty() ? uses : channels;
      monos.add(mono(track.recording(), uses));
    }
    if (monos.size() == 1) {
      TrackRecording track = tracks.get(0).recording();
      ChannelLevels levels = track.meter().levels(channels, track.clock().verdict().gaps());
      return new PartSound(monos.get(0), channels, uses(List.of()), levels, account());
    }
    TrackRecording joined = workplace.open(monos.size(), SampleClock.disabled());
    TrackMix.join(monos, joined);
    List<ChannelUse> weights = TrackMix.weigh(joined.meter());
    Mixer.MeteredSound mixed = workplace.mix(joined.sound(), weights, List.of());
    ChannelLevels levels = joined.meter().levels(weights, List.of());
    return new PartSound(mixed, channels, uses(weights), levels, account());
  }

  private Mixer.MeteredSound mono(TrackRecording track, List<ChannelUse> uses)
      throws IOException, ProcessingException {
    SampleClock.Verdict clock = track.clock().verdict();
    return uses.size() == 1 && clock.gaps().isEmpty()
        ? new Mixer.MeteredSound(track.sound(), track.meter())
        : workplace.mix(track.sound(), uses, clock.gaps());
  }

  private PartSound.Account account() {
    TrackRecording longest =
        tracks.stream()
            .map(FfmpegRun.Track::recording)
            .max(Comparator.comparingLong(TrackRecording::fullSamples))
            .orElseThrow();
    return new PartSound.Account(
        longest.samples(),
        longest.fullSamples() - longest.samples(),
        longest.clock().verdict().ignoredSeconds());
  }

  private List<TrackUse> uses(List<ChannelUse> weights) {
    if (source.others().isEmpty()) {
      return List.of();
    }
    List<AudioStream> all = new ArrayList<>(source.others());
    all.add(source.stream());
    all.sort(Comparator.comparingInt(AudioStream::index));
    List<AudioStream> decoded = tracks.stream().map(FfmpegRun.Track::stream).toList();
    List<ChannelUse> known =
        weights.isEmpty() ? List.of(new ChannelUse(1, ChannelUse.Role.USED, 1, 0)) : weights;
    return TrackMix.uses(decoded, known, all);
  }
}
