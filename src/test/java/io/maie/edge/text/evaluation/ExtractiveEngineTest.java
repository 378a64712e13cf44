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
import java.util.ArrayList;
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
        EvaluationSet.DEVELOPMENT, EvaluationSet.SECOND_FINAL, EvaluationSet.SECOND_DEVELOPMENT);
  }

  /** Figures of texts that were read are no proof for others; they show what a change costs. */
  @ParameterizedTest
  @MethodSource("readSets")
  void itIsBetterThanTheFirstSentencesAndTextRankOnEveryFigure(EvaluationSet set) {
    ExtractiveSummarizer summarizer = new ExtractiveSummarizer();
    List<Score> ours = new ArrayList<>();
    Map<Baseline, List<Score>> theirs =
        Map.of(Baseline.LEAD, new ArrayList<>(), Baseline.TEXT_RANK, new ArrayList<>());
    set.texts()
        .forEach(
            text -> {
              Summary summary =
                  summarizer.summarize(text.language(), text.utterances(), text.summarySentences());
              ours.add(Score.of(summary, text));
              theirs.forEach(
                  (baseline, scores) -> scores.add(Score.of(baseline, Length.of(summary), text)));
            });
    Score mean = Score.mean(ours);
    theirs.forEach(
        (baseline, scores) -> {
          Score other = Score.mean(scores);
          assertThat(mean.rougeL()).as(baseline.title()).isGreaterThan(other.rougeL());
          assertThat(mean.rougeLAtWords()).isGreaterThan(other.rougeLAtWords());
          areGreater(mean.told(), other.told());
          areGreater(mean.listed(), other.listed());
          isGreater(mean.decisionPrecision(), other.decisionPrecision());
          isGreater(mean.actionPrecision(), other.actionPrecision());
        });
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
