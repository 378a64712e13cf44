package io.maie.edge.audio.decode;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a program of the ffmpeg family for its version. */
final class ProgramVersion {
  private static final Pattern VERSION = Pattern.compile("ff\\w+ version (\\S+)");

  private ProgramVersion() {}

  /**
   * The version, such as {@code 5.1.9-0+deb12u1}.
   *
   * @throws ProcessingException {@code DECODER_MISSING} if the program is none of the family
   */
  static String of(String program, Ticker ticker)
      throws ProcessingException, TaskStoppedException, IOException {
    String answer = ProgramAnswer.of(List.of(program, "-version"), ticker);
    Matcher version = VERSION.matcher(answer);
    if (!version.lookingAt()) {
      throw new ProcessingException(
          FailureCode.DECODER_MISSING,
          "Expected '"
              + program
              + "' to tell its version, found "
              + (answer.isBlank() ? "no answer" : "another answer"),
          "Run '"
              + program
              + " -version' by hand; install ffmpeg, or set ffmpeg.path and"
              + " ffprobe.path");
    }
    return version.group(1);
  }
}
