package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.TrackUse;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The decoding of one recording: run ffmpeg, choose and mix channels, set the level; used once. */
final class Decoding {
  /** Tracks that are decoded together; files with more are rare. */
  private static final int MAX_TRACKS = 8;

  private final DecodeOptions options;
  private final FfmpegRun run;
  private final FfmpegProbe.Source source;
  private final SourceName name;
  private final Path pcm;
  private final FreeSpace space;
  private final List<FfmpegRun.Track> tracks = new ArrayList<>();

  private ChannelLevels levels = ChannelLevels.NONE;

  /** Deleted in the end, whatever happens. */
  private final List<SoundFile> temporary = new ArrayList<>();

  Decoding(DecodeOptions options, FfmpegRun run, FfmpegProbe.Source source, Place place) {
    this.options = options;
    this.run = run;
    this.source = source;
    this.name = place.name();
    this.pcm = place.pcm();
    this.space = place.space();
  }

  /**
   * Where a recording comes from and goes to.
   *
   * @param pcm the file for the samples; temporary files lie beside it
   */
  record Place(SourceName name, Path pcm, FreeSpace space) {}

  /** Fills the file of samples; if that fails, no file is left. */
  DecodedAudio decode(Path recording, String version, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    SourceChecksum checksum = new SourceChecksum(recording);
    ExecutorService reader = Executors.newSingleThreadExecutor(Decoding::thread);
    boolean done = false;
    try {
      openTracks();
      Future<String> sha256 = reader.submit(checksum);
      Watch watch = new Watch(tracks, checksum, source.expectedSeconds().orElse(0));
      FfmpegRun.Input input = new FfmpegRun.Input(name, source.inputOptions());
      DecodeVerdict verdict =
          new DecodeVerdict(options, source, run.decode(input, tracks, watch, context));
      verdict.requireSound(watch.samples());
      HeardSound heard = heard(verdict);
      DecodedAudio audio =
          new DecodedAudio(
              pcm,
              heard.keptSamples() + heard.insertedSamples(),
              run.await(sha256, watch, context),
              checksum.bytes(),
              source.format(),
              source.stream().sampleRate(),
              source.stream().channels(),
              source.declaredSeconds(),
              verdict.isComplete(),
              heard,
              levels,
              version,
              verdict.warnings());
      done = true;
      return audio;
    } finally {
      reader.shutdownNow();
      for (SoundFile file : temporary) {
        file.close();
      }
      if (!done) {
        Files.deleteIfExists(pcm);
      }
    }
  }

  /** The preferred track, and the others unless they are translations of it. */
  private void openTracks() throws IOException {
    List<AudioStream> streams = new ArrayList<>(List.of(source.stream()));
    streams.addAll(source.others());
    int count = TrackMix.areTranslations(streams) ? 1 : Math.min(MAX_TRACKS, streams.size());
    for (AudioStream stream : streams.subList(0, count)) {
      TrackRecording track =
          new TrackRecording(
              beside(".track" + tracks.size()), stream.channels(), source.hasPicture(), storage());
      temporary.add(track.sound());
      tracks.add(new FfmpegRun.Track(stream, track));
    }
  }

  private HeardSound heard(DecodeVerdict verdict) throws IOException, ProcessingException {
    List<Mixer.MeteredSound> monos = new ArrayList<>();
    List<ChannelUse> channels = List.of();
    for (FfmpegRun.Track track : tracks) {
      track.recording().finish();
      List<ChannelUse> uses = ChannelMix.of(track.recording().meter());
      channels = monos.isEmpty() ? uses : channels;
      monos.add(mono(track.recording(), uses));
    }
    if (monos.size() == 1) {
      TrackRecording track = tracks.get(0).recording();
      levels = track.meter().levels(channels, track.clock().verdict().gaps());
      return levelled(monos.get(0), channels, List.of(), verdict);
    }
    TrackRecording joined = new TrackRecording(beside(".tracks"), monos.size(), false, storage());
    temporary.add(joined.sound());
    TrackMix.join(monos, joined);
    List<ChannelUse> weights = TrackMix.weigh(joined.meter());
    levels = joined.meter().levels(weights, List.of());
    Mixer.MeteredSound mixed = mixed(joined.sound(), weights, List.of());
    return levelled(mixed, channels, weights, verdict);
  }

  private Mixer.MeteredSound mono(TrackRecording track, List<ChannelUse> uses)
      throws IOException, ProcessingException {
    SampleClock.Verdict clock = track.clock().verdict();
    return uses.size() == 1 && clock.gaps().isEmpty()
        ? new Mixer.MeteredSound(track.sound(), track.meter())
        : mixed(track.sound(), uses, clock.gaps());
  }

  private Mixer.MeteredSound mixed(
      SoundFile sound, List<ChannelUse> uses, List<SampleClock.Gap> gaps)
      throws IOException, ProcessingException {
    Path file = beside(".mix" + temporary.size());
    Mixer.MeteredSound mixed = Mixer.mix(sound, uses, gaps, new Mixer.Target(file, space));
    temporary.add(mixed.sound());
    return mixed;
  }

  /** Writes the samples, and accounts for them by the track that is the longest. */
  private HeardSound levelled(
      Mixer.MeteredSound mono,
      List<ChannelUse> channels,
      List<ChannelUse> weights,
      DecodeVerdict verdict)
      throws IOException, ProcessingException {
    SoundLevel level = new LevelControl(mono.channel()).level();
    long samples = LevelControl.write(mono.sound(), level.curve(), pcm, space);
    TrackRecording longest =
        tracks.stream()
            .map(FfmpegRun.Track::recording)
            .max(Comparator.comparingLong(TrackRecording::fullSamples))
            .orElseThrow();
    long inserted = longest.fullSamples() - longest.samples();
    HeardSound heard =
        new HeardSound(
            longest.samples(), samples - inserted, inserted, channels, uses(weights), level);
    verdict.judge(heard, longest.clock().verdict().ignoredSeconds(), source.bytes());
    return heard;
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

  private TrackRecording.Storage storage() {
    return new TrackRecording.Storage(space, options.maxDuration());
  }

  private Path beside(String ending) {
    return pcm.resolveSibling(pcm.getFileName() + ending);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "decode-checksum");
    thread.setDaemon(true);
    return thread;
  }

  /** Sees whether decoding goes on, and how far it is. */
  private record Watch(
      List<FfmpegRun.Track> tracks, SourceChecksum checksum, double expectedSeconds)
      implements FfmpegRun.Progress {

    /** Of the longest track so far. */
    long samples() {
      return tracks.stream().mapToLong(track -> track.recording().samples()).max().orElse(0);
    }

    @Override
    public long life() {
      return samples() + checksum.bytes();
    }

    @Override
    public double share() {
      double seconds = (double) samples() / Waveform.SAMPLE_RATE;
      return expectedSeconds > 0 ? Math.min(seconds / expectedSeconds, 1) : 0;
    }
  }
}
