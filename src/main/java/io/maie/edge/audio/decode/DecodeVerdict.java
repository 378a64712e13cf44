package io.maie.edge.audio.decode;

import io.maie.edge.amount.Amounts;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.Waveform;
import io.maie.edge.audio.container.Completeness;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges what was decoded. The samples are the recording; what its container declares can at most
 * be worth a remark.
 */
final class DecodeVerdict {
  /** Less than this is not missing, in seconds. */
  private static final double MISSING_SECONDS = 0.1;

  /**
   * The part of the declared duration, in seconds, that a recording may lack if its container does
   * not prove that bytes are missing. Codecs declare their padding, and some containers round to
   * whole packets.
   */
  private static final double TOLERANCE_SECONDS = 0.5;

  /** The same as a share of the declared duration, for containers with a coarse time base. */
  private static final double TOLERANCE_SHARE = 0.001;

  /** Containers whose header declares how long all of the sound is. */
  private static final Set<String> DECLARE_ALL = Set.of("wav", "w64", "aiff", "caf", "flac", "mp4");

  /** Containers that declare how long the sound is beside the sizes of their parts. */
  private static final Set<String> TELL_TIME_APART = Set.of("mp4", "matroska");

  /** Containers whose duration follows from the time stamps of their packets alone. */
  private static final Set<String> TOLD_BY_TIME_STAMPS = Set.of("mpeg", "mpegts", "ogg");

  /** Containers whose time stamps are the numbers of their frames. */
  private static final Set<String> COUNT_THEIR_FRAMES = Set.of("flac");

  /** Quieter recordings lose words, in LUFS. */
  private static final double TOO_QUIET = -55;

  private static final double CLIPPED_SHARE = 0.001;

  /** Complaints about a last packet that is padding, or that is empty. */
  private static final List<String> PADDING =
      List.of("packet is too small", "invalid pcm packet", "invalid argument");

  /** Complaint about a tag between frames of MPEG audio. */
  private static final String TAG = "header missing";

  /** Lines about each tag: by the decoder for each packet that it fills, and by the program. */
  private static final long LINES_OF_A_TAG = 3;

  /** Line of the program that follows a complaint of its decoder about a packet. */
  private static final String PACKET = "error while decoding";

  private final FfmpegProbe.Source source;
  private final FfmpegRun.Outcome outcome;
  private final OtherBytes others;
  private final List<Warning> warnings = new ArrayList<>();
  private boolean complete = true;

  /** Judges what {@code outcome} tells of {@code source}. */
  DecodeVerdict(FfmpegProbe.Source source, FfmpegRun.Outcome outcome, OtherBytes others) {
    this.source = source;
    this.outcome = outcome;
    this.others = others;
  }

  /**
   * Bytes between frames that are no frames.
   *
   * @param tags number of places where other bytes stand between or behind the frames of the sound;
   *     decoders mistake them for damage
   * @param areKnown whether every frame was followed, so that the place of all other bytes is known
   * @param damage share of the sound before the first place where frames are damaged
   */
  record OtherBytes(int tags, boolean areKnown, OptionalDouble damage) {
    static final OtherBytes NONE = new OtherBytes(0, false, OptionalDouble.empty());
  }

  /** Refuses what is no recording. */
  static void requireSound(
      DecodeOptions options, AudioStream stream, FfmpegRun.Outcome outcome, long samples)
      throws ProcessingException {
    if (samples == 0) {
      throw DecodeFailures.nothingDecoded(stream, outcome.errors());
    }
    double seconds = (double) samples / Waveform.SAMPLE_RATE;
    if (seconds < options.minDuration().toMillis() / 1_000.0) {
      throw DecodeFailures.tooShort(seconds, options.minDuration());
    }
  }

  /**
   * Collects the remarks.
   *
   * @param sound that was heard, with the remarks that came up on the way
   */
  void judge(HeardSound heard, PartSound sound) {
    double ignoredSeconds = sound.account().ignoredSeconds();
    PartSound.Remarks remarks = sound.remarks();
    remarkErrors(heard.decodedSamples());
    double seconds =
        (double) (heard.decodedSamples() + heard.insertedSamples()) / Waveform.SAMPLE_RATE;
    remarkMissing(seconds);
    remarkHoles((double) heard.insertedSamples() / Waveform.SAMPLE_RATE);
    double deviation = ignoredSeconds > 0 ? ignoredSeconds : hiddenDeviation(seconds);
    if (deviation > 0) {
      warn(
          WarningCode.TIMESTAMPS_IGNORED,
          String.format(
              Locale.ROOT,
              "The time stamps of the file deviate by %.1f s from its sound and are not credible;"
                  + " the sound was joined as it came",
              deviation));
    }
    if (source.reading().hiddenSeconds() > 0) {
      warn(
          WarningCode.TIMESTAMPS_IGNORED,
          String.format(
              Locale.ROOT,
              "The file tells players to leave out %.1f s of its sound; all of it was heard, and"
                  + " times count from the beginning of the stored sound",
              source.reading().hiddenSeconds()));
    }
    String assumption = source.reading().assumption();
    if (!assumption.isEmpty()) {
      warn(WarningCode.FORMAT_ASSUMED, assumption);
    }
    remarks.unmet().forEach(text -> warn(WarningCode.FEATURE_UNAVAILABLE, text));
    if (!remarks.missed().isEmpty()) {
      warn(
          WarningCode.TRACKS_LEFT_OUT,
          "The file has audio tracks with sound that were not listened to: "
              + String.join(", ", remarks.missed())
              + ". To hear them, ask for tracks: all, or for one by its number or language");
    }
    remarkLevel(heard);
  }

  /**
   * Seconds that the last time stamp of Ogg lies behind the sound: whoever reads the container
   * corrects single steps without a word. Ahead of it, a recording may begin late.
   */
  private double hiddenDeviation(double seconds) {
    if (!source.containerName().equals("ogg") || source.declaredSeconds().isEmpty()) {
      return 0;
    }
    double deviation = seconds - source.declaredSeconds().getAsDouble();
    return deviation > TOLERANCE_SECONDS ? deviation : 0;
  }

  private void remarkErrors(long samples) {
    List<String> damage = outcome.errors().damage();
    boolean isPadding =
        damage.size() <= 2
            && damage.stream()
                .anyMatch(line -> PADDING.stream().anyMatch(word -> says(line, word)));
    boolean areTags =
        (others.areKnown() || damage.size() <= LINES_OF_A_TAG * others.tags())
            && damage.stream().allMatch(line -> says(line, TAG) || says(line, PACKET));
    boolean isExcused = others.damage().isEmpty() && (damage.isEmpty() || isPadding || areTags);
    if (outcome.exitCode() != 0 || !isExcused) {
      warn(
          WarningCode.DECODE_ERRORS,
          "Damaged places were skipped or may sound wrong"
              + firstDamage(samples)
              + damage.stream().findFirst().map(line -> ": " + line).orElse(""));
    }
  }

  /** The program reads ahead of what it gives, so its place is right to a few seconds. */
  private String firstDamage(long samples) {
    OptionalLong place =
        others.damage().isPresent()
            ? OptionalLong.of((long) (others.damage().getAsDouble() * samples))
            : outcome.errors().damagedPlace();
    return place.isEmpty()
        ? ""
        : ", the first at about "
            + Amounts.duration(Duration.ofSeconds(place.getAsLong() / Waveform.SAMPLE_RATE));
  }

  private static boolean says(String line, String words) {
    return line.toLowerCase(Locale.ROOT).contains(words);
  }

  /** A recorder that pauses numbers its frames on, so a number that is left out was a frame. */
  private void remarkHoles(double insertedSeconds) {
    if (COUNT_THEIR_FRAMES.contains(source.containerName()) && insertedSeconds > MISSING_SECONDS) {
      complete = false;
      warn(
          WarningCode.DECODE_ERRORS,
          String.format(
              Locale.ROOT,
              "Damaged places were skipped: %.1f s of the sound are lost, and silent now",
              insertedSeconds));
    }
  }

  private void remarkMissing(double seconds) {
    double declared = source.declaredSeconds().orElse(0);
    Completeness container = source.container();
    double missing = declared - seconds;
    boolean isTimed = TELL_TIME_APART.contains(source.containerName()) && declared > 0;
    if (container.missingBytes() > 0 && !isTimed) {
      missing = seconds * container.missingBytes() / Math.max(1, source.bytes());
    }
    boolean declaresAll = (isTimed || DECLARE_ALL.contains(source.containerName())) && declared > 0;
    complete =
        switch (container.state()) {
          case WHOLE -> true;
          case INCOMPLETE ->
              (declaresAll || container.missingBytes() > 0) && missing < MISSING_SECONDS;
          case GROWING, CANNOT_TELL ->
              TOLD_BY_TIME_STAMPS.contains(source.containerName())
                  || missing <= Math.max(TOLERANCE_SECONDS, declared * TOLERANCE_SHARE);
        };
    if (!complete) {
      warn(
          WarningCode.INCOMPLETE_AUDIO,
          declared - seconds >= MISSING_SECONDS
              ? String.format(
                  Locale.ROOT,
                  "The file declares %.3f s of sound, but only %.3f s of it are there",
                  declared,
                  seconds)
              : "The file is not whole: " + container.explanation());
    }
  }

  private void remarkLevel(HeardSound heard) {
    double loudness = heard.level().loudness();
    if (loudness < TOO_QUIET && heard.level().isAudible() && heard.level().gainDecibels() > 0) {
      warn(
          WarningCode.TOO_QUIET,
          String.format(
              Locale.ROOT,
              "The recording is very quiet (%.0f LUFS) and was raised by %.0f dB; words may be lost"
                  + " in noise. Raise the level of the recorder, or bring the microphone closer",
              loudness,
              heard.level().gainDecibels()));
    }
    if (heard.level().clippedShare() > CLIPPED_SHARE) {
      warn(
          WarningCode.CLIPPED,
          String.format(
              Locale.ROOT,
              "%.1f %% of the samples are at full scale, where the recorder cut them off. Lower the"
                  + " level of the recorder",
              heard.level().clippedShare() * 100));
    }
  }

  private void warn(WarningCode code, String message) {
    warnings.add(new Warning(code, Stage.DECODE.label(), message));
  }

  /** Duration that the file declares. */
  OptionalDouble declaredSeconds() {
    return source.declaredSeconds();
  }

  /** False if sound is missing; known after {@link #judge}. */
  boolean isComplete() {
    return complete;
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }
}
