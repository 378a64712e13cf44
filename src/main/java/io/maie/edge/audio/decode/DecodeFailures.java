package io.maie.edge.audio.decode;

import io.maie.edge.amount.Amounts;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says why a recording cannot be decoded: what was expected, what was found, what to do. */
final class DecodeFailures {
  /** Exit codes above are signals, by the convention of Java and shells. */
  private static final int SIGNAL_BASE = 128;

  /** The exit code of ffmpeg after a signal that it has caught, and of AVERROR(EPERM). */
  private static final int ENDED_ON_REQUEST = 255;

  /** SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ: sent by others. */
  private static final Set<Integer> KILLS = Set.of(1, 2, 3, 9, 13, 15, 24, 25);

  /**
   * SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS: raised by the program's own doing.
   */
  private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11, 31);

  private static final String COPY_AGAIN =
      "Copy the recording again; if the original is damaged too, it cannot be repaired here";
  private static final String CONVERT =
      "Convert the recording to WAV, FLAC, MP3 or M4A with another program";

  /** A container of that few bytes is a header with nothing behind it. */
  private static final long HEADER_BYTES = 128;

  private DecodeFailures() {}

  static ProcessingException empty(String found) {
    return new ProcessingException(
        FailureCode.EMPTY_FILE,
        "Expected sound, found " + found,
        "Check that the recorder really recorded, and copy the recording again");
  }

  /** A file that ffprobe does not understand. */
  static ProcessingException notUnderstood(Path recording, ErrorLines errors) throws IOException {
    FileKind.Kind kind = FileKind.of(recording);
    Optional<ProcessingException> foreign = ForeignDictation.undecodable(recording);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    if (errors.mention("not on whitelist")) {
      return noAudio("a playlist, which only names recordings");
    }
    if (errors.mention("moov atom not found") && kind.isMp4()) {
      return new ProcessingException(
          FailureCode.INCOMPLETE_FILE,
          "Expected the index of an MP4 recording, found that it is missing",
          "Copy the recording again; an MP4 that was cut off while it was recorded or copied lacks"
              + " its index");
    }
    if (errors.mention("permission denied")) {
      return new ProcessingException(
          FailureCode.PERMISSION_DENIED,
          "Expected a readable file, found that the program may not read it",
          "Let the service's group read the file");
    }
    Optional<ProcessingException> named =
        kind.isUnknown() ? ForeignDictation.named(recording) : Optional.empty();
    if (named.isPresent()) {
      return named.get();
    }
    if (errors.mention("too many channels")) {
      return unsupported("more channels than any decoder takes");
    }
    if (kind.isAudio() && Files.size(recording) <= HEADER_BYTES) {
      return empty("a header without samples");
    }
    if (kind.isAudio()) {
      return new ProcessingException(
          FailureCode.AUDIO_DECODE_ERROR,
          "Expected a recording, found " + kind.words() + reason(errors),
          COPY_AGAIN);
    }
    return noAudio(kind.words());
  }

  static ProcessingException noAudio(String found) {
    return new ProcessingException(
        FailureCode.NO_AUDIO_STREAM,
        "Expected a recording, found " + found,
        "Put sound or video files with sound into the inbox; the content counts, not the name");
  }

  static ProcessingException drm(String tag) {
    return new ProcessingException(
            FailureCode.DRM_PROTECTED,
            "Expected a recording that anybody can play, found a copy-protected one",
            "Export the recording without protection from the program that made it")
        .withDetail("codec_tag", tag);
  }

  static ProcessingException unsupported(String found) {
    return new ProcessingException(
        FailureCode.UNSUPPORTED_CODEC,
        "Expected sound that the installed ffmpeg can decode, found " + found,
        CONVERT);
  }

  static ProcessingException tooShort(double seconds, Duration min) {
    return new ProcessingException(
        FailureCode.AUDIO_TOO_SHORT,
        "Expected at least "
            + Amounts.duration(min)
            + " of sound, found "
            + Amounts.duration(Duration.ofNanos((long) (seconds * 1e9))),
        "Nothing to do, unless the recording should be longer; then copy it again");
  }

  static ProcessingException tooLong(String found, Duration max) {
    return new ProcessingException(
        FailureCode.AUDIO_TOO_LONG,
        "Expected at most " + Amounts.duration(max) + " of sound, found that " + found,
        "Cut the recording into parts, or raise the limit in the configuration");
  }

  static ProcessingException tooLarge(long bytes, long max) {
    return new ProcessingException(
        FailureCode.FILE_TOO_LARGE,
        "Expected at most " + Amounts.bytes(max) + ", found " + Amounts.bytes(bytes),
        "Cut the recording into parts, compress it, or raise the limit in the configuration");
  }

  /** A stream that gave not one sample. */
  static ProcessingException nothingDecoded(AudioStream stream, ErrorLines errors) {
    if (errors.mention("not found for input stream", "unsupported codec", "no decoder")) {
      return unsupported("the codec '" + stream.codec() + "'");
    }
    if (errors.count() > 0) {
      return broken(errors);
    }
    if (stream.seconds().isPresent()) {
      return new ProcessingException(
          FailureCode.INCOMPLETE_FILE,
          String.format(
              Locale.ROOT,
              "Expected the %.3f s of sound that the file declares, found none of it",
              stream.seconds().getAsDouble()),
          COPY_AGAIN);
    }
    return empty("a header without samples");
  }

  /** The decoder broke. */
  static ProcessingException broken(ErrorLines errors) {
    return new ProcessingException(
        FailureCode.AUDIO_DECODE_ERROR,
        "Expected sound that can be decoded, found damage" + reason(errors),
        COPY_AGAIN);
  }

  /**
   * Returns if {@code program} ended by itself.
   *
   * @throws ProcessingException {@code PROCESS_KILLED} if somebody else ended it, such as the
   *     system to get its memory; {@code AUDIO_DECODE_ERROR} if it crashed on what it read
   */
  static void requireOwnEnd(String program, FfmpegRun.Outcome outcome) throws ProcessingException {
    int exitCode = outcome.exitCode();
    boolean askedToEnd =
        exitCode == ENDED_ON_REQUEST && !outcome.errors().mention("operation not permitted");
    if (askedToEnd || KILLS.contains(exitCode - SIGNAL_BASE)) {
      String how = askedToEnd ? "a signal" : "signal " + (exitCode - SIGNAL_BASE);
      throw new ProcessingException(
              FailureCode.PROCESS_KILLED,
              "Expected " + program + " to end by itself, found it ended from outside by " + how)
          .withDetail("exit_code", exitCode);
    }
    if (CRASHES.contains(exitCode - SIGNAL_BASE)) {
      throw new ProcessingException(
              FailureCode.AUDIO_DECODE_ERROR,
              "Expected "
                  + program
                  + " to end by itself, found it ended by signal "
                  + (exitCode - SIGNAL_BASE)
                  + reason(outcome.errors()),
              "Try again; if it happens again, " + CONVERT.toLowerCase(Locale.ROOT))
          .withDetail("exit_code", exitCode);
    }
  }

  /** The decoder wrote what it was not asked for. */
  static ProcessingException strangeAnswer(IOException cause) {
    return new ProcessingException(
        FailureCode.AUDIO_DECODE_ERROR,
        "Expected samples from ffmpeg, found something else",
        "Check which program ffmpeg.path names, and install the ffmpeg of the operating system",
        cause);
  }

  private static String reason(ErrorLines errors) {
    return errors.first().map(line -> ": " + line).orElse("");
  }
}
