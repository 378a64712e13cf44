package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.telemetry.Check;
import io.maie.edge.time.Ticker;
import java.io.IOException;

/** Checks that ffmpeg and ffprobe are installed and start. */
public final class FfmpegCheck implements Check {
  private final DecodeOptions options;
  private final Ticker ticker;

  public FfmpegCheck(DecodeOptions options, Ticker ticker) {
    this.options = requireNonNull(options, "options is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public Finding run() {
    try {
      return Finding.ok(
          "ffmpeg "
              + ProgramVersion.of(options.ffmpeg(), ticker)
              + ", ffprobe "
              + ProgramVersion.of(options.ffprobe(), ticker));
    } catch (ProcessingException e) {
      return Finding.failure(messageOf(e), e.hint().orElse("Install ffmpeg"));
    } catch (IOException | TaskStoppedException e) {
      return Finding.failure(messageOf(e), "Run 'ffmpeg -version' by hand");
    }
  }

  private static String messageOf(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
