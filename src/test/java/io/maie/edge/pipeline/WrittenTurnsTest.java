package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WrittenTurnsTest {

  private static List<String> turns(String text) {
    return WrittenTurns.of(text).segments().stream()
        .map(
            segment ->
                segment.speaker() == null
                    ? segment.text()
                    : requireNonNull(segment.speaker()).speaker() + " " + segment.text())
        .toList();
  }

  @Test
  void namesBeforeTheLinesOfADialogueAreItsSpeakers() {
    WrittenTurns turns =
        WrittenTurns.of("Anna Lind: Hello.\nBo: Hi.\nHow are you?\nAnna Lind: Fine: thanks.");

    assertThat(turns.names()).isEqualTo(Map.of("S1", "Anna Lind", "S2", "Bo"));
    assertThat(turns("Anna Lind: Hello.\nBo: Hi.\nHow are you?\nAnna Lind: Fine: thanks."))
        .containsExactly("S1 Hello.", "S2 Hi.\nHow are you?", "S1 Fine: thanks.");
  }

  @Test
  void aParagraphWithoutANameGoesOnWithTheSpeakerBefore() {
    assertThat(turns("S1: One.\n\nTwo.\n\nZoë: Three.\n\nS1: Four."))
        .containsExactly("S1 One.", "S1 Two.", "S2 Three.", "S1 Four.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[00:00:01] Anna: Hello.\n[00:00:02] Bo: Hi.\n[00:00:04] Anna: Bye.",
        "0:01 - Anna: Hello.\n0:02 - Bo: Hi.\n0:04 - Anna: Bye.",
        "Anna (0:01): Hello.\nBo (0:02): Hi.\nAnna (0:04): Bye.",
        "Anna  0:01\nHello.\n\nBo  0:02\nHi.\n\nAnna  0:04\nBye.",
        "**Anna:** Hello.\n\n**Bo:** Hi.\n\n**Anna:** Bye."
      })
  void timesAndBoldPrintBesideNamesAreNotSpoken(String text) {
    assertThat(turns(text)).containsExactly("S1 Hello.", "S2 Hi.", "S1 Bye.");
    assertThat(WrittenTurns.of(text).names()).isEqualTo(Map.of("S1", "Anna", "S2", "Bo"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "One thing: it rained.\nWe left early.",
        "Agenda: paint\nDate: Monday\nAgenda: roof\nDate: Tuesday",
        "He said: go.\nShe said: no.\nThey left, and nobody knew: why?\nIt was late.",
        "Lecturer: bridges fall.\nThen they are built again."
      })
  void colonsElsewhereNameNobody(String text) {
    assertThat(WrittenTurns.of(text).names()).isEmpty();
    assertThat(turns(text)).containsExactly(text);
  }

  @Test
  void eachLineIsAParagraphWhereLinesWereNotBroken() {
    String line = "This line is long. ".repeat(10).strip();

    assertThat(turns(line + "\nShort.")).containsExactly(line, "Short.");
    assertThat(turns("Broken\nlines.\n\nNext.")).containsExactly("Broken\nlines.", "Next.");
  }

  @Test
  void anIdIsNoNameAndIsNotGivenTwice() {
    WrittenTurns turns = WrittenTurns.of("S2: Hello.\n\nAnna: Hi.\n\nS2: Bye.");

    assertThat(turns.names()).isEqualTo(Map.of("S1", "Anna"));
    assertThat(turns("S2: Hello.\n\nAnna: Hi.\n\nS2: Bye."))
        .containsExactly("S2 Hello.", "S1 Hi.", "S2 Bye.");
  }
}
