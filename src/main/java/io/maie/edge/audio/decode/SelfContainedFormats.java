package io.maie.edge.audio.decode;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The formats that the programs of the ffmpeg family may open: all that are installed, but those
 * that only point at other files. A playlist is thus refused before anything that it names is
 * opened, whatever stands before it in the file and whatever the file is called.
 */
final class SelfContainedFormats {
  private static final Set<String> POINTERS =
      Set.of("hls", "applehttp", "concat", "dash", "imf", "sdp", "rtsp", "rtp", "sap", "lavfi");

  /** A line of {@code -demuxers}: letters for what it can do, then its names, then words. */
  private static final Pattern LINE = Pattern.compile("(?m)^ D[E ]?[d ]? +(\\w[\\w,.-]*) ");

  private SelfContainedFormats() {}

  /**
   * Their names, divided by commas, as {@code -format_whitelist} takes them.
   *
   * @param program ffprobe or ffmpeg, which know the same
   * @throws ProcessingException {@code DECODER_MISSING} if it does not tell
   */
  static String of(String program, Ticker ticker)
      throws ProcessingException, TaskStoppedException, IOException {
    List<String> names =
        LINE.matcher(ProgramAnswer.of(List.of(program, "-v", "error", "-demuxers"), ticker))
            .results()
            .map(line -> line.group(1))
            .filter(found -> Arrays.stream(found.split(",")).noneMatch(POINTERS::contains))
            .toList();
    if (names.isEmpty()) {
      throw new ProcessingException(
          FailureCode.DECODER_MISSING,
          "Expected '" + program + "' to list the formats that it reads, found none",
          "Run '" + program + " -demuxers' by hand; install ffmpeg, or set ffprobe.path");
    }
    return String.join(",", names);
  }
}
