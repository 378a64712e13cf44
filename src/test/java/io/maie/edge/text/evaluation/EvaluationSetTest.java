package io.maie.edge.text.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the texts to what their README says. */
final class EvaluationSetTest {

  static Stream<EvaluationText> texts() {
    return sets().flatMap(set -> set.texts().stream());
  }

  static Stream<String> ids() {
    return sets().flatMap(set -> set.ids().stream());
  }

  private static Stream<EvaluationSet> sets() {
    return Stream.of(
        EvaluationSet.DEVELOPMENT,
        EvaluationSet.FINAL,
        EvaluationSet.SECOND_FINAL,
        EvaluationSet.SECOND_DEVELOPMENT,
        EvaluationSet.THIRD_FINAL,
        EvaluationSet.THIRD_DEVELOPMENT,
        EvaluationSet.FOURTH_FINAL,
        EvaluationSet.FIFTH_FINAL);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aTranscriptHasTheShapeOfResults(String id) throws IOException {
    JsonNode transcript = new ObjectMapper().readTree(EvaluationSet.file(id, "transcript.json"));

    assertThat(ShippedSchema.results().violations(transcript.toString())).isEmpty();
    List<String> texts = transcript.get("segments").findValuesAsText("text");
    assertThat(transcript.get("raw_transcript").textValue()).isEqualTo(String.join(" ", texts));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void utterancesFollowEachOtherAtTheRateOfSpeech(EvaluationText text) {
    double end = 0;
    for (Utterance utterance : text.utterances()) {
      assertThat(utterance.start()).as(utterance.text()).isGreaterThanOrEqualTo(end);
      // Times have three decimals; their difference as doubles has more.
      double seconds = Math.round((utterance.end() - utterance.start()) * 1000) / 1000.0;
      double perWord = seconds / utterance.text().split(" ").length;
      assertThat(perWord).as(utterance.text()).isBetween(0.1, 0.6);
      end = utterance.end();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTranscriptHasThreeHundredToThreeThousandWords(EvaluationText text) {
    int words = text.utterances().stream().mapToInt(u -> u.text().split(" ").length).sum();

    assertThat(words).isBetween(300, 3000);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void referencesHaveThreeToEightSentencesEach(EvaluationText text) {
    assertThat(text.references())
        .hasSize(2)
        .allSatisfy(reference -> assertThat(reference.summary()).hasSizeBetween(3, 8));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void theSecondReferenceDoesNotCopyTheFirst(EvaluationText text) {
    List<Reference> references = text.references();

    double likeness = RougeL.bestF1(references.get(0).summary(), references.subList(1, 2));

    assertThat(likeness).isLessThan(0.5);
    assertThat(references.get(1).summary())
        .doesNotContainAnyElementsOf(references.get(0).summary());
  }

  @Test
  void severalTranscriptsPerLanguageHaveNeitherCasingNorPunctuation() {
    List<String> bare =
        texts()
            .filter(text -> text.utterances().stream().allMatch(u -> isBare(u.text())))
            .map(EvaluationText::language)
            .toList();

    assertThat(bare).containsExactlyInAnyOrder("en", "en", "vi", "vi", "vi");
  }

  @Test
  void eachFolderBelongsToOneSet() throws IOException {
    List<String> ids = ids().toList();

    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    try (Stream<Path> folders = Files.list(Path.of("src/test/resources/text/evaluation"))) {
      assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void eachTextSaysWhereItComesFrom(String id) {
    assertThat(new String(EvaluationSet.file(id, "SOURCE.md"), UTF_8))
        .contains("| id | `" + id + "` |", "| origin | ", "| licence | ");
  }

  private static boolean isBare(String text) {
    return text.chars().allMatch(c -> " '".indexOf(c) >= 0 || Character.isLowerCase(c));
  }
}
