package io.maie.edge.text.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.progress.StageContext;
import io.maie.edge.request.Cleaning;
import io.maie.edge.result.CleanedText;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.summary.ExtractiveEngine;
import io.maie.edge.text.summary.SummaryInput;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine on the texts of the evaluation that are for development. */
final class ExtractiveEngineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<EvaluationText> texts() {
    return EvaluationSet.DEVELOPMENT.texts().stream();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyTemplateIsFilledWithWhatWasSaid(EvaluationText text) throws Exception {
    Transcript transcript = ExtractiveSummarizer.transcript(text.language(), text.utterances());
    CleanedText cleaned =
        new TranscriptCleaner(Set.of(Cleaning.FILLERS), List.of()).clean(transcript);
    List<String> said = Words.of(cleaned.transcript().text());
    for (Template template : templates()) {
      io.maie.edge.result.Summary summary =
          new ExtractiveEngine()
              .summarize(
                  new SummaryInput(template, transcript, cleaned, Map.of("S1", "Ann")),
                  StageContext.disabled())
              .summary();

      JsonNode content = JSON.valueToTree(summary.content());
      assertThat(template.violations(content)).isEmpty();
      assertThat(summary.sources()).isNotEmpty();
      summary
          .sources()
          .forEach(
              source -> {
                String statement = content.at(source.path()).asText();
                assertThat(statement).as(source.path()).isNotEmpty();
                assertThat(said).as(statement).containsAll(wordsSaid(statement));
              });
    }
  }

  static Stream<EvaluationSet> readSets() {
    return Stream.of(
        EvaluationSet.DEVELOPMENT,
        EvaluationSet.SECOND_FINAL,
        EvaluationSet.SECOND_DEVELOPMENT,
        EvaluationSet.THIRD_DEVELOPMENT);
  }

  /** Figures of texts that were read are no proof for others; they show what a change costs. */
  @ParameterizedTest
  @MethodSource("readSets")
  void itTellsMoreInAsManyWordsThanTheFirstSentencesAndTextRank(EvaluationSet set) {
    Score ours = Score.mean(set.texts().stream().map(ExtractiveEngineTest::score).toList());
    for (Baseline baseline : Baseline.values()) {
      Score other = score(baseline, set);
      assertThat(ours.rougeL()).as(baseline.title()).isGreaterThan(other.rougeL());
      assertThat(ours.rougeLAtWords()).as(baseline.title()).isGreaterThan(other.rougeLAtWords());
      areGreater(ours.told(), other.told());
      isGreater(ours.decisionPrecision(), other.decisionPrecision());
      isGreater(ours.actionPrecision(), other.actionPrecision());
    }
  }

  /**
   * All sentences of a baseline count as each of these, while ours must stand in the right list.
   */
  @ParameterizedTest
  @MethodSource("readSets")
  void theEngineListsMoreUnderTheRightHeadingThanBothBaselines(EvaluationSet set) {
    Score ours = Score.mean(set.texts().stream().map(ExtractiveEngineTest::score).toList());
    for (Baseline baseline : Baseline.values()) {
      areGreater(ours.listed(), score(baseline, set).listed());
    }
  }

  private static Score score(EvaluationText text) {
    return Score.of(summary(text), text);
  }

  private static Score score(Baseline baseline, EvaluationSet set) {
    return Score.mean(
        set.texts().stream()
            .map(text -> Score.of(baseline, Length.of(summary(text)), text))
            .toList());
  }

  private static Summary summary(EvaluationText text) {
    return new ExtractiveSummarizer()
        .summarize(text.language(), text.utterances(), text.summarySentences());
  }

  private static void areGreater(Shares ours, Shares theirs) {
    for (int i = 0; i < ours.inOrder().size(); i++) {
      isGreater(ours.inOrder().get(i), theirs.inOrder().get(i));
    }
  }

  private static void isGreater(OptionalDouble ours, OptionalDouble theirs) {
    assertThat(ours.orElseThrow()).isGreaterThan(theirs.orElseThrow());
  }

  /** Without the words that are cut at an ellipsis, and the name of a speaker. */
  private static List<String> wordsSaid(String statement) {
    List<String> words = Words.of(statement);
    boolean isCut = statement.endsWith("…") && !words.isEmpty();
    return words.subList(0, words.size() - (isCut ? 1 : 0)).stream()
        .filter(word -> !word.equals("ann") && !word.matches("s\\d"))
        .toList();
  }

  private static List<Template> templates() throws IOException {
    return new TemplateFolders(List.of(Path.of("config", "templates")))
        .read().stream().map(checked -> checked.template().orElseThrow()).toList();
  }
}
