package io.maie.edge.text.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CoverageTest {
  private static final ActionItem WRITE_TO_THE_AQUARIUM =
      new ActionItem("Write to the aquarium", "Priya / S2", "15 May / fifteenth of May");

  @Test
  void aDecisionIsCoveredByHalfOfItsContentWords() {
    Reference reference = decisions("Apply for the grant and replace the roof");

    assertThat(covers(decided("We apply for the grant"), reference).decisions()).hasValue(1);
    assertThat(covers(decided("We replaced it"), reference).decisions()).hasValue(0);
  }

  @Test
  void functionWordsAloneCoverNothing() {
    Reference reference = decisions("The picture books are in the study room");

    assertThat(covers(decided("They are in the the are in"), reference).decisions()).hasValue(0);
  }

  @Test
  void inflectedWordsCount() {
    Reference reference = decisions("replacing roofs");

    assertThat(covers(decided("The roof is replaced"), reference).decisions()).hasValue(1);
  }

  @Test
  void halvesInTwoStatementsDoNotAddUp() {
    Reference reference = decisions("green tiles, oak floor, lead pipes");

    assertThat(covers(decided("green tiles", "oak floor"), reference).decisions()).hasValue(0);
  }

  @Test
  void aStatementOfMoreThanSixtyWordsCoversNothing() {
    Reference reference = decisions("Replace the roof");
    String transcript = "replace the roof " + "and so on ".repeat(20);

    assertThat(covers(decided(transcript), reference).decisions()).hasValue(0);
  }

  @Test
  void decisionsOfTheSummaryItselfAreNoDecisions() {
    Summary summary = new Summary(List.of("Replace the roof"), List.of(), List.of(), List.of());

    assertThat(covers(summary, decisions("Replace the roof")).decisions()).hasValue(0);
  }

  @Test
  void shareIsTheMeanOverReferencesThatHaveSomething() {
    Summary summary = decided("Replace the roof");
    Coverage coverage =
        new Coverage(
            summary, List.of(decisions("Replace the roof"), decisions("Buy steel"), decisions()));

    assertThat(coverage.decisions()).hasValue(0.5);
  }

  @Test
  void shareIsEmptyWhereNoReferenceHasAnything() {
    assertThat(covers(decided("Replace the roof"), decisions()).decisions()).isEmpty();
    assertThat(covers(decided("Replace the roof"), decisions()).actionItems()).isEmpty();
    assertThat(covers(decided("Replace the roof"), decisions()).dates()).isEmpty();
  }

  @Test
  void anActionItemWithPersonAndDueDateIsComplete() {
    Coverage coverage =
        covers(toDo("write to the aquarium", "Priya", "before 15 May"), WRITE_TO_THE_AQUARIUM);

    assertThat(coverage.actionItems()).hasValue(1);
    assertThat(coverage.completeActionItems()).hasValue(1);
  }

  @Test
  void aSpeakerLabelStandsForThePerson() {
    Coverage coverage =
        covers(
            toDo("write to the aquarium by the fifteenth of May", "S2", null),
            WRITE_TO_THE_AQUARIUM);

    assertThat(coverage.completeActionItems()).hasValue(1);
  }

  @Test
  void anActionItemOfSomebodyElseIsNotComplete() {
    Coverage coverage =
        covers(toDo("write to the aquarium", "Tom", "15 May"), WRITE_TO_THE_AQUARIUM);

    assertThat(coverage.actionItems()).hasValue(1);
    assertThat(coverage.completeActionItems()).hasValue(0);
  }

  @Test
  void anActionItemWithoutItsDueDateIsNotComplete() {
    Coverage coverage = covers(toDo("write to the aquarium", "Priya", null), WRITE_TO_THE_AQUARIUM);

    assertThat(coverage.completeActionItems()).hasValue(0);
  }

  @Test
  void personAndDueDateOfAnotherItemDoNotComplete() {
    Summary summary =
        new Summary(
            List.of(),
            List.of(),
            List.of(
                new ActionItem("write to the aquarium", null, null),
                new ActionItem("move the books", "Priya", "15 May")),
            List.of());

    assertThat(covers(summary, WRITE_TO_THE_AQUARIUM).completeActionItems()).hasValue(0);
  }

  @Test
  void aDateIsCoveredInAnyOfItsWaysOfWriting() {
    Reference reference = dates("30 tháng 3 / ba mươi tháng ba");

    assertThat(covers(dated("ngày 30 tháng 3"), reference).dates()).hasValue(1);
    assertThat(covers(dated("Ba mươi tháng ba"), reference).dates()).hasValue(1);
    assertThat(covers(dated("2026-03-30"), reference).dates()).hasValue(1);
    assertThat(covers(dated("ngày 31 tháng 3"), reference).dates()).hasValue(0);
  }

  @Test
  void anotherDayOfTheSameMonthIsAnotherDate() {
    assertThat(covers(dated("15 May"), dates("1 May")).dates()).hasValue(0);
  }

  @Test
  void aDecisionIsRightIfItCoversOneOfAnyReference() {
    Summary summary = decided("Replace the roof", "Lunch was good", "Buy steel");
    Coverage coverage =
        new Coverage(summary, List.of(decisions("Replace the roof"), decisions("Buy steel")));

    assertThat(coverage.decisionPrecision().orElseThrow()).isEqualTo(2 / 3.0);
  }

  @Test
  void whatATextHasNothingOfIsListedWrongly() {
    assertThat(covers(decided("Replace the roof"), decisions()).decisionPrecision()).hasValue(0);
    assertThat(covers(toDo("call", "Tom", null), decisions()).actionPrecision()).hasValue(0);
    assertThat(covers(decided(), decisions()).decisionPrecision()).isEmpty();
  }

  private static Coverage covers(Summary summary, Reference reference) {
    return new Coverage(summary, List.of(reference));
  }

  private static Coverage covers(Summary summary, ActionItem item) {
    return covers(summary, reference(List.of(), List.of(item), List.of()));
  }

  private static Summary decided(String... decisions) {
    return new Summary(List.of(), List.of(decisions), List.of(), List.of());
  }

  private static Summary toDo(String task, String person, @Nullable String due) {
    return new Summary(List.of(), List.of(), List.of(new ActionItem(task, person, due)), List.of());
  }

  private static Summary dated(String... dates) {
    return new Summary(List.of(), List.of(), List.of(), List.of(dates));
  }

  private static Reference decisions(String... decisions) {
    return reference(List.of(decisions), List.of(), List.of());
  }

  private static Reference dates(String... dates) {
    return reference(List.of(), List.of(), List.of(dates));
  }

  private static Reference reference(
      List<String> decisions, List<ActionItem> actionItems, List<String> dates) {
    return new Reference(
        List.of(), List.of(), decisions, actionItems, List.of(), dates, List.of(), List.of());
  }
}
