package io.maie.edge.text.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  private static final List<Utterance> UTTERANCES =
      List.of(
          new Utterance(0, 2, "Good morning. The roof leaks.", "S1"),
          new Utterance(3, 6, "We replace the roof in May.", "S2"));
  private static final Reference REFERENCE =
      new Reference(
          List.of("The roof leaks."),
          List.of(),
          List.of("Replace the roof"),
          List.of(new ActionItem("replace the roof", "S2", "May")),
          List.of(),
          List.of("May"),
          List.of(),
          List.of());
  private static final EvaluationText TEXT =
      new EvaluationText("roof", "en", UTTERANCES, List.of(REFERENCE, REFERENCE));

  @Test
  void theReferenceItselfScoresFully() {
    String table = new Evaluation(new Fixed(ofReference())).table(List.of(TEXT));

    assertThat(rows(table, "fixed"))
        .hasSize(2)
        .allSatisfy(row -> assertThat(figures(row)).hasSize(16).containsOnly("100.0"));
  }

  @Test
  void anEmptySummaryScoresZero() {
    Summary nothing = new Summary(List.of(), List.of(), List.of(), List.of());

    String table = new Evaluation(new Fixed(nothing)).table(List.of(TEXT));

    assertThat(rows(table, "fixed"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(figures(row).subList(0, 14)).containsOnly("0.0");
              assertThat(row).endsWith("| - - | 0");
            });
  }

  @Test
  void theFirstSentencesAreTakenInOrder() {
    Summary summary = Baseline.LEAD.summarize(UTTERANCES, 1, 4);

    assertThat(summary.sentences()).containsExactly("Good morning.");
    assertThat(summary.decisions()).containsExactly("Good morning.", "The roof leaks.");
    assertThat(summary.actionItems()).contains(new ActionItem("The roof leaks.", "S1", null));
  }

  @Test
  void sentencesOfTheSameLengthAsAnotherSummaryAreNearestToIt() {
    assertThat(Baseline.LEAD.sentences(UTTERANCES, 1)).containsExactly("Good morning.");
    assertThat(Baseline.LEAD.sentences(UTTERANCES, 4))
        .containsExactly("Good morning.", "The roof leaks.");
    assertThat(Baseline.LEAD.sentences(UTTERANCES, 9)).hasSize(3);
  }

  @Test
  void aStatementUnderAnotherHeadingIsTold() {
    Summary summary =
        new Summary(List.of("Replace the roof."), List.of(), List.of(), List.of("in May"));

    String table = new Evaluation(new Fixed(summary)).table(List.of(TEXT));

    assertThat(rows(table, "fixed"))
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(row)
                    .contains("| 100.0 100.0 0.0 100.0 | 100.0 100.0 0.0 100.0 | 0.0 0.0 0.0 100"));
  }

  @Test
  void textRankPrefersSentencesThatShareWords() {
    Summary summary = Baseline.TEXT_RANK.summarize(UTTERANCES, 2, 0);

    assertThat(summary.sentences())
        .containsExactly("The roof leaks.", "We replace the roof in May.");
  }

  @Test
  void baselinesMaySayAsMuchAsTheSummarizer() {
    String brief = new Evaluation(new Fixed(decided("word ".repeat(5)))).table(List.of(TEXT));
    String lengthy = new Evaluation(new Fixed(decided("word ".repeat(11)))).table(List.of(TEXT));

    assertThat(rows(brief, "first sentences"))
        .hasSize(2)
        .allMatch(row -> row.endsWith("| 100.0 100.0 0.0 0.0 | 50.0 50.0 | 6"));
    assertThat(rows(lengthy, "first sentences"))
        .hasSize(2)
        .allMatch(row -> row.endsWith("| 100.0 100.0 100.0 100.0 | 66.7 66.7 | 13"));
  }

  @Test
  void aStatementInSeveralPlacesCountsOnce() {
    List<String> statement = List.of("The roof leaks.");
    List<ActionItem> items = List.of(new ActionItem("Repair it", "Tom", "May"));

    assertThat(new Summary(statement, statement, items, List.of("May")).words()).isEqualTo(3 + 4);
  }

  @Test
  void theBaselinesLeaveRoomOnEveryText() {
    String table = new Evaluation(null).table(EvaluationSet.DEVELOPMENT.texts());

    assertThat(rows(table, "first sentences"))
        .hasSize(EvaluationSet.DEVELOPMENT.ids().size() + 1)
        .noneMatch(row -> row.contains("100.0 100.0 100.0"));
  }

  private static Summary ofReference() {
    return new Summary(
        REFERENCE.summary(), REFERENCE.decisions(), REFERENCE.actionItems(), REFERENCE.dates());
  }

  private static Summary decided(String decision) {
    return new Summary(List.of(), List.of(decision), List.of(), List.of());
  }

  /** The shares of a row: all between its names and its words. */
  private static List<String> figures(String row) {
    List<String> cells = List.of(row.replace("| ", "").split(" ", -1));
    return cells.subList(2, cells.size() - 1);
  }

  private static List<String> rows(String table, String summarizer) {
    return table
        .lines()
        .filter(line -> line.contains(summarizer))
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  private record Fixed(Summary summary) implements Summarizer {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public Summary summarize(String language, List<Utterance> utterances, int sentences) {
      return summary;
    }
  }
}
