package io.maie.edge.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scorer against the values of pyannote.metrics 4.2.0, collar 0, overlap counted. */
final class DiarizationErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 0 5, 2 5 10 | 1 0 5, 2 5 10 | 0.000000",
        "1 0 5, 2 5 10 | 2 0 5, 1 5 10 | 0.000000",
        "1 0 5, 2 5 10 | 1 0 10 | 0.500000",
        "1 0 5, 2 4 8 | 1 0 5, 2 5 8 | 0.111111",
        "1 0 5, 2 4 8 | 1 0 4.5, 2 4.5 8, 3 2 3 | 0.222222",
        "1 0 3, 2 3 6, 3 6 9, 1 9 12 | 3 0 2.5, 1 2.5 6.5, 2 6.5 9, 4 9 12 | 0.291667",
        "1 0 10 | 1 20 22 | 1.200000",
        "1 0 4, 2 2 6, 3 3 5 | 1 0 6, 2 2.5 4.5 | 0.400000",
        "1 0 2, 2 2 4, 1 4 6, 2 6 8, 3 8 9 | 2 0.2 2.1, 1 2.1 3.9, 2 4.05 6, 1 6 8.8 | 0.161111",
        "1 0 1 | 1 0 1, 2 0 1, 3 0.5 2 | 2.500000"
      })
  void ratesAreThoseOfThePublishedScorer(String reference, String found, double rate) {
    assertThat(DiarizationError.of(turns(reference), turns(found)).rate())
        .isCloseTo(rate, within(1e-4));
  }

  /** Such as {@code 1 0 5, 2 4 8}: speaker, start and end in seconds. */
  private static List<Turn> turns(String text) {
    List<Turn> turns = new ArrayList<>();
    for (String turn : text.split(",", -1)) {
      String[] fields = turn.strip().split(" ", -1);
      if (fields.length == 3) {
        long start = Math.round(Double.parseDouble(fields[1]) * 16_000);
        long end = Math.round(Double.parseDouble(fields[2]) * 16_000);
        turns.add(new Turn(new SampleSpan(start, end), Integer.parseInt(fields[0])));
      }
    }
    return turns;
  }
}
