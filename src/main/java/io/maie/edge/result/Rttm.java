package io.maie.edge.result;

import io.maie.edge.transcript.Turn;
import java.util.List;
import java.util.Locale;

/**
 * Turns in the Rich Transcription Time Marked format of NIST (RT-09 evaluation plan, appendix A):
 * one line per turn, times in seconds.
 */
final class Rttm {
  private Rttm() {}

  /**
   * The lines.
   *
   * @param recording the name of the recording; blanks become underscores, since blanks separate
   *     fields
   */
  static String of(List<Turn> turns, String recording) {
    StringBuilder text = new StringBuilder();
    String name = recording.strip().replaceAll("\\s+", "_");
    for (Turn turn : turns) {
      text.append(
          String.format(
              Locale.ROOT,
              "SPEAKER %s 1 %s %s <NA> <NA> %s <NA> <NA>%n",
              name,
              Seconds.ofSamples(turn.span().start()),
              Seconds.ofSamples(turn.span().length()),
              turn.speakerId()));
    }
    return text.toString().replace("\r\n", "\n");
  }
}
