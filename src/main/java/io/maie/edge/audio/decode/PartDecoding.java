package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.TrackUse;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.ChannelChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The decoding of one recording of a file, which most files have one of: run ffmpeg over its
 * tracks, choose and mix channels and tracks. Used once.
 */
final class PartDecoding {
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
          "wtv",
          // counts its frames, and pauses are frames without sound
          "amr");

  /** Loudness below which 16 bits tell too little of a voice, in LUFS. */
  private static final double FAINT = -60;

  private final FfmpegRun run;
  private final FfmpegProbe.Source source;
  private final ScratchFiles scratch;
  private final SoundSelection wanted;
  private final TrackSelection selection;
  private final List<FfmpegRun.Track> tracks = new ArrayList<>();

  /** Tracks that are not heard. */
  private final List<FfmpegRun.Track> others = new ArrayList<>();

  /** Opens the tracks that are to be heard, and measures the others. */
  PartDecoding(FfmpegRun run, FfmpegProbe.Source source, Decoding.Place place) throws IOException {
    this.run = run;
    this.source = source;
    this.scratch = place.scratch();
    this.wanted = place.wanted();
    this.selection = TrackSelection.of(source, wanted);
    for (AudioStream stream : selection.heard()) {
      tracks.add(heard(stream, SampleEncoding.of(stream), stream.channels()));
    }
    for (AudioStream stream : selection.leftOut()) {
      others.add(measured(stream, stream.channels()));
    }
  }

  private FfmpegRun.Track heard(AudioStream stream, SampleEncoding encoding, int channels)
      throws IOException {
    SampleClock clock =
        TIMED.contains(source.containerName())
            ? new SampleClock(source.hasPicture(), lastStamp(source))
            : SampleClock.disabled();
    return new FfmpegRun.Track(stream, encoding, scratch.open(channels, clock));
  }

  private FfmpegRun.Track measured(AudioStream stream, int channels) throws IOException {
    return new FfmpegRun.Track(stream, SampleEncoding.of(stream), scratch.measure(channels));
  }

  /** The duration of Ogg is the time stamp of its last page; others declare it apart. */
  private static OptionalDouble lastStamp(FfmpegProbe.Source source) {
    return source.containerName().equals("ogg") ? source.declaredSeconds() : OptionalDouble.empty();
  }

  /**
   * Decodes to the end, or to the first damage that ends ffmpeg. A faint voice is decoded again, to
   * floats: 16 bits round off too much of it once it is resampled.
   */
  FfmpegRun.Outcome decode(StallTimeout.Look progress)
      throws ProcessingException, TaskStoppedException, IOException {
    FfmpegRun.Outcome outcome = decodeOnce(progress);
    if (tracks.stream().noneMatch(PartDecoding::isFaintIn16Bits)) {
      return outcome;
    }
    tracks.replaceAll(track -> track.with(SampleEncoding.FLOAT_32));
    for (int i = 0; i < all().size(); i++) {
      reopen(i, all().get(i).recording().channels());
    }
    return decodeOnce(progress);
  }

  private FfmpegRun.Outcome decodeOnce(StallTimeout.Look progress)
      throws ProcessingException, TaskStoppedException, IOException {
    FfmpegRun.Outcome outcome = decodeAsItIs(progress);
    for (FfmpegRun.Track track : all()) {
      track.recording().finish();
    }
    return outcome;
  }

  /** Begins again, once for each track, where channels are others than the source declares. */
  private FfmpegRun.Outcome decodeAsItIs(StallTimeout.Look progress)
      throws ProcessingException, TaskStoppedException, IOException {
    for (int left = all().size(); left > 0; left--) {
      try {
        return run.decode(source.reading(), all(), progress);
      } catch (FfmpegRun.OtherChannelsException e) {
        reopen(e.index(), e.channels());
      }
    }
    return run.decode(source.reading(), all(), progress);
  }

  private void reopen(int index, int channels) throws IOException {
    if (index < tracks.size()) {
      FfmpegRun.Track track = tracks.get(index);
      tracks.set(index, heard(track.stream(), track.encoding(), channels));
    } else {
      int other = index - tracks.size();
      others.set(other, measured(others.get(other).stream(), channels));
    }
  }

  private List<FfmpegRun.Track> all() {
    List<FfmpegRun.Track> all = new ArrayList<>(tracks);
    all.addAll(others);
    return all;
  }

  /** Channels of the preferred track, as they were decoded. */
  int channels() {
    return all().stream()
        .filter(track -> track.stream().equals(source.stream()))
        .findFirst()
        .map(track -> track.recording().channels())
        .orElse(source.stream().channels());
  }

  private static boolean isFaintIn16Bits(FfmpegRun.Track track) {
    return track.encoding() == SampleEncoding.INTEGER_16
        && track.stream().sampleRate() != Waveform.SAMPLE_RATE
        && track.recording().meter().channels().stream()
            .anyMatch(
                channel ->
                    channel.loudness() < FAINT
                        && !ChannelMix.isSilent(channel)
                        && ChannelMix.varies(channel));
  }

  /** Samples of the longest track so far. */
  long samples() {
    return tracks.stream().mapToLong(track -> track.recording().samples()).max().orElse(0);
  }

  /** Mixes what was decoded. */
  PartSound sound() throws IOException, ProcessingException {
    return tracks.size() == 1 ? soundOfChannels(tracks.get(0).recording()) : soundOfTracks();
  }

  private PartSound soundOfChannels(TrackRecording track) throws IOException, ProcessingException {
    ChannelPlan plan = ChannelPlan.of(track, wanted.channels());
    List<SampleClock.Gap> gaps = track.clock().verdict().gaps();
    List<Mixer.MeteredSound> sounds = sounds(track, plan);
    List<Integer> numbers = plan.separate().stream().map(each -> each.leader() + 1).toList();
    return new PartSound(
        sounds.get(0),
        plan.uses(),
        uses(List.of()),
        track.meter().levels(plan.uses(), gaps),
        plan.apart(numbers, sounds),
        remarks(plan),
        account());
  }

  /** Makes each track one channel of a sound that is then handled as any other. */
  private PartSound soundOfTracks() throws IOException, ProcessingException {
    List<Mixer.MeteredSound> monos = new ArrayList<>();
    List<ChannelUse> channels = List.of();
    for (FfmpegRun.Track track : tracks) {
      ChannelChoice choice =
          wanted.channels().number().isPresent() ? wanted.channels() : ChannelChoice.MIX;
      ChannelPlan plan = ChannelPlan.of(track.recording(), choice);
      channels = monos.isEmpty() ? plan.uses() : channels;
      monos.add(sounds(track.recording(), plan).get(0));
    }
    TrackRecording joined = scratch.open(monos.size(), SampleClock.disabled());
    TrackMix.join(monos, joined);
    ChannelPlan plan = TrackMix.plan(joined, wanted.channels());
    List<Mixer.MeteredSound> sounds = sounds(joined, plan);
    List<Integer> numbers = tracks.stream().map(track -> selection.number(track.stream())).toList();
    return new PartSound(
        sounds.get(0),
        channels,
        uses(plan.uses()),
        joined.meter().levels(plan.numbered(numbers).uses(), List.of()),
        plan.apart(
            plan.separate().stream().map(each -> numbers.get(each.leader())).toList(), sounds),
        remarks(plan),
        account());
  }

  /** The sum of the channels, then what is recognised by itself. */
  private List<Mixer.MeteredSound> sounds(TrackRecording track, ChannelPlan plan)
      throws IOException, ProcessingException {
    if (plan.uses().size() == 1 && track.clock().verdict().gaps().isEmpty()) {
      return List.of(new Mixer.MeteredSound(track.sound(), track.meter()));
    }
    List<Mixer.MeteredSound> sounds = new ArrayList<>();
    track.mixed(plan.uses()).ifPresent(sounds::add);
    List<Mixer.Order> orders = new ArrayList<>();
    if (sounds.isEmpty()) {
      orders.add(new Mixer.Order(plan.uses()));
    }
    plan.separate().forEach(each -> orders.add(each.order()));
    if (!orders.isEmpty()) {
      sounds.addAll(scratch.mix(track, orders));
    }
    return sounds;
  }

  private PartSound.Remarks remarks(ChannelPlan plan) {
    List<String> unmet = new ArrayList<>();
    selection.problem().ifPresent(unmet::add);
    plan.problem().ifPresent(unmet::add);
    return new PartSound.Remarks(unmet, missed());
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

  /**
   * Uses of the tracks, in the order of the file.
   *
   * @param weights of the heard ones, in their order; empty if there is one
   */
  private List<TrackUse> uses(List<ChannelUse> weights) {
    List<TrackUse> uses = new ArrayList<>();
    if (selection.all().size() < 2) {
      return uses;
    }
    List<AudioStream> heard = selection.heard();
    for (AudioStream stream : selection.all()) {
      int at = heard.indexOf(stream);
      ChannelUse use =
          at >= 0 && !weights.isEmpty()
              ? weights.get(at)
              : new ChannelUse(1, ChannelUse.Role.USED, at < 0 ? 0 : 1, 0);
      String reason = at >= 0 ? use.role().words() : reason(stream);
      uses.add(
          new TrackUse(uses.size() + 1, stream.title(), stream.language(), use.isHeard(), reason));
    }
    return uses;
  }

  private String reason(AudioStream stream) {
    return selection.leftOut().contains(stream)
        ? selection.reason()
        : TrackSelection.NOT_LISTENED_TO;
  }

  /** Names of tracks that hold sound which varies as speech does, and are not heard. */
  private List<String> missed() {
    List<TrackUse> uses = uses(List.of());
    return selection.all().stream()
        .filter(stream -> !selection.heard().contains(stream))
        .filter(
            stream ->
                others.stream()
                    .filter(other -> other.stream().equals(stream))
                    .allMatch(PartDecoding::mayBeSpeech))
        .map(stream -> uses.get(selection.number(stream) - 1).name())
        .toList();
  }

  private static boolean mayBeSpeech(FfmpegRun.Track track) {
    return track.recording().meter().channels().stream()
        .anyMatch(channel -> !ChannelMix.isSilent(channel) && ChannelMix.varies(channel));
  }
}
