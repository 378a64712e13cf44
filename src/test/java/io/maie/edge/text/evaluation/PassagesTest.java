package io.maie.edge.text.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PassagesTest {
  private static final ActionItem PAINT = new ActionItem("paint the fence", "Tom", "May");
  private static final ActionItem CALL = new ActionItem("call the painter", "Ann", null);
  private static final Summary SUMMARY =
      new Summary(
          List.of("The roof leaks."),
          List.of("Replace it."),
          List.of(PAINT, CALL),
          List.of("June"));

  @Test
  void anyStatementCountsAsADecisionATaskAndADate() {
    Summary read = Passages.single(SUMMARY);

    assertThat(read.decisions())
        .containsExactly("The roof leaks.", "Replace it.", "paint the fence", "call the painter");
    assertThat(read.actionItems())
        .hasSize(4)
        .contains(PAINT, new ActionItem("Replace it.", null, null));
    assertThat(read.dates()).contains("The roof leaks.", "paint the fence", "May", "June");
  }

  @Test
  void neighboursInAListAreReadTogether() {
    assertThat(Passages.joined(SUMMARY).actionItems())
        .contains(
            PAINT, CALL, new ActionItem("paint the fence call the painter", "Tom Ann", "May"));
  }

  @Test
  void theEndOfOneListAndTheStartOfTheNextAreNoPassage() {
    assertThat(Passages.joined(SUMMARY).decisions()).doesNotContain("The roof leaks. Replace it.");
  }

  @Test
  void aPassageIsNoLongerThanAStatementMayBe() {
    String half = "word ".repeat(Coverage.MAX_WORDS / 2).strip();
    Summary fits = new Summary(List.of(half, half), List.of(), List.of(), List.of());
    Summary tooLong = new Summary(List.of(half, half + " more"), List.of(), List.of(), List.of());

    assertThat(Passages.joined(fits).decisions()).containsExactly(half, half + " " + half);
    assertThat(Passages.joined(tooLong).decisions()).containsExactly(half, half + " more");
  }

  @Test
  void datesBesideEachOtherMakeNoThirdDate() {
    Summary dated = new Summary(List.of(), List.of(), List.of(), List.of("15 May", "1 June"));

    assertThat(Passages.joined(dated).dates()).containsExactly("15 May", "1 June");
  }
}
