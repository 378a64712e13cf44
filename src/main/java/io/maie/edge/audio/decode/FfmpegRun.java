package io.maie.edge.audio.decode;

import io.maie.edge.audio.Waveform;
import io.maie.edge.audio.container.Completeness;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;

/** One run of ffmpeg over a source that was found fit, and the verdict on what came out. */
final class FfmpegRun {
  /** Exit codes above are signals, by the convention of Java and shells. */
  static final int SIGNAL_BASE = 128;

  /** Largest single block of memory that a child may take, 256 MiB; headers can ask for more. */
  static final String MAX_ALLOCATION = String.valueOf(256 << 20);

  /**
   * Resamples, and fills the gaps that lost packets leave and a late beginning of the sound with
   * silence: so times in the transcript are times in the recording, also in a video.
   */
  private static final String FILTER = "aresample=" + Waveform.SAMPLE_RATE + ":async=1:first_pts=0";

  /**
   * How much shorter than declared a complete recording may be, in seconds: codecs declare their
   * padding, and some containers round to whole packets.
   */
  private static final double TOLERANCE_SECONDS = 0.5;

  /** The same as a share of the declared duration, for containers with a coarse time base. */
  private static final double TOLERANCE_SHARE = 0.001;

  private final DecodeOptions options;
  private final Ticker ticker;
  private final FfmpegProbe.Source source;
  private final Programs programs;

  FfmpegRun(DecodeOptions options, Ticker ticker, FfmpegProbe.Source source, Programs programs) {
    this.options = options;
    this.ticker = ticker;
    this.source = source;
    this.programs = programs;
  }

  /**
   * What the installed programs said about themselves.
   *
   * @param version name and version of ffmpeg, for the result
   * @param formats those that may be opened, see {@link SelfContainedFormats}
   */
  record Programs(String version, String formats) {}

  /** Fills {@code sink}; if that fails, its file is gone afterwards. */
  DecodedAudio decode(SourceName name, PcmSink sink, SourceChecksum checksum, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    boolean decoded = false;
    try (ChildProcess child = ChildProcess.start(command(name), name.argument())) {
      Future<String> sha256 = child.meanwhile(checksum);
      Patience patience =
          new Patience(
              ticker, options.stallTimeout(), "ffmpeg", () -> sink.bytes() + checksum.bytes());
      Patience.Look look = Patience.Look.stopping(context, () -> share(sink));
      patience.await(child.onOutput(sink::fill), look);
      int exitCode = patience.await(child.exit(), look);
      requireSound(sink.samples(), exitCode, child.errors());
      DecodedAudio audio =
          new DecodedAudio(
              sink.file(),
              sink.samples(),
              patience.await(sha256, look),
              checksum.bytes(),
              source.format(),
              source.stream().sampleRate(),
              source.stream().channels(),
              source.declaredSeconds(),
              !isIncomplete(sink.seconds()),
              programs.version(),
              warnings(sink.seconds(), exitCode, child.errors()));
      decoded = true;
      return audio;
    } finally {
      if (!decoded) {
        Files.deleteIfExists(sink.file());
      }
    }
  }

  private List<String> command(SourceName name) {
    return List.of(
        options.ffmpeg(),
        "-nostdin",
        "-hide_banner",
        "-v",
        "error",
        "-max_alloc",
        MAX_ALLOCATION,
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        programs.formats(),
        "-i",
        name.argument(),
        "-map",
        "0:" + source.stream().index(),
        "-map_metadata",
        "-1",
        "-af",
        FILTER,
        "-ac",
        "1",
        "-c:a",
        "pcm_s16le",
        "-f",
        "s16le",
        "pipe:1");
  }

  private double share(PcmSink sink) {
    double expected = source.expectedSeconds().orElse(0);
    return expected > 0 ? Math.min(sink.seconds() / expected, 1) : 0;
  }

  private void requireSound(long samples, int exitCode, ErrorLines errors)
      throws ProcessingException {
    if (exitCode > SIGNAL_BASE) {
      throw DecodeFailures.crashed(exitCode, errors);
    }
    if (samples == 0) {
      throw DecodeFailures.nothingDecoded(source.stream(), errors);
    }
    double seconds = (double) samples / Waveform.SAMPLE_RATE;
    if (seconds < options.minDuration().toMillis() / 1_000.0) {
      throw DecodeFailures.tooShort(seconds, options.minDuration());
    }
  }

  private List<Warning> warnings(double seconds, int exitCode, ErrorLines errors) {
    List<Warning> warnings = new ArrayList<>();
    if (exitCode != 0 || errors.count() > 0) {
      warnings.add(
          warning(
              WarningCode.DECODE_ERRORS,
              "Damaged places were skipped or sound wrong"
                  + errors.first().map(line -> ": " + line).orElse("")));
    }
    if (isIncomplete(seconds)) {
      warnings.add(warning(WarningCode.INCOMPLETE_AUDIO, shortage(seconds)));
    }
    return warnings;
  }

  private boolean isShort(double seconds) {
    double declared = source.declaredSeconds().orElse(0);
    double tolerance = Math.max(TOLERANCE_SECONDS, declared * TOLERANCE_SHARE);
    return seconds < declared - tolerance;
  }

  private boolean isIncomplete(double seconds) {
    return isShort(seconds) || source.container().state() == Completeness.State.INCOMPLETE;
  }

  private String shortage(double seconds) {
    return isShort(seconds)
        ? String.format(
            Locale.ROOT,
            "The file declares %.3f s of sound, but only %.3f s of it are there",
            source.declaredSeconds().orElse(0),
            seconds)
        : "The file is not whole: " + source.container().explanation();
  }

  private static Warning warning(WarningCode code, String message) {
    return new Warning(code, Stage.DECODE.label(), message);
  }
}
