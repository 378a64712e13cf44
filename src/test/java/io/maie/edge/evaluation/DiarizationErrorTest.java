package io.maie.edge.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scorer against the values of pyannote.metrics 4.2.0, collar 0, overlap counted. */
final class DiarizationErrorTest {
  @TempDir Path folder;

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

  @Test
  void aWordCountsForTheOneLabelThatCoversItsMiddle() {
    List<Turn> reference = turns("1 0 5, 2 4 10");
    List<Turn> found = turns("2 0 4.5, 1 4.5 10");
    List<Word> words =
        List.of(
            word(1, 2, "S2"),
            word(4.2, 4.6, "S2"),
            word(6, 7, "S1"),
            word(8, 9, "S2"),
            word(11, 12, "S1"));

    assertThat(DiarizationError.words(reference, found, words))
        .isEqualTo(new DiarizationError.Words(2, 3, 1, 1));
  }

  @Test
  void turnsAreReadByRecording() throws Exception {
    Path rttm =
        Files.writeString(
            folder.resolve("a.rttm"),
            """
            SPEAKER a 1 0.500 1.000 <NA> <NA> Anna <NA> <NA>
            SPEAKER b 1 0.000 2.000 <NA> <NA> Carl <NA> <NA>
            SPEAKER a 1 2.000 0.250 <NA> <NA> Ben <NA> <NA>
            """);

    assertThat(ReferenceTurns.read(rttm))
        .isEqualTo(Map.of("a", turns("1 0.5 1.5, 2 2 2.25"), "b", turns("1 0 2")));
    Files.writeString(rttm, "SPEAKER a 1 soon 1.000 <NA> <NA> Anna <NA> <NA>");
    assertThatThrownBy(() -> ReferenceTurns.read(rttm)).hasMessageContaining("soon");
  }

  private static Word word(double start, double end, String speaker) {
    return new Word(
        new SampleSpan((long) (start * 16_000), (long) (end * 16_000)),
        "word",
        1,
        false,
        new SpeakerLabel(speaker, false));
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
