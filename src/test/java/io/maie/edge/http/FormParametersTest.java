package io.maie.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a form become the values of a sidecar. */
final class FormParametersTest {
  private static final List<String> TWO = List.of("raw_transcript", "summary");

  private static @Nullable Object read(String key, String... texts) throws ProblemException {
    return FormParameters.read(Map.of(key, List.of(texts))).get(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "raw_transcript,summary",
        " raw_transcript , summary ,",
        "[\"raw_transcript\", \"summary\"]",
        " [\"raw_transcript\",\"summary\"] ",
        "```json\n[\"raw_transcript\", \"summary\"]\n```"
      })
  void aListMayBeSeparatedByCommasOrAnArrayOfJson(String text) throws Exception {
    assertThat(read("features", text)).isEqualTo(TWO);
  }

  @Test
  void repeatedFieldsAreOneList() throws Exception {
    assertThat(read("features", "raw_transcript", "summary")).isEqualTo(TWO);
    assertThat(read("features", "[\"raw_transcript\"]", "summary")).isEqualTo(TWO);
  }

  @Test
  void aMalformedArrayIsNamed() {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> read("features", "[raw_transcript"));

    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.fields()).singleElement().extracting("field").isEqualTo("features");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "1", "yes", "YES", "y", "on", "t", " true "})
  void manyWordsMeanTrue(String word) throws Exception {
    assertThat(read("enable_vad", word)).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "FALSE", "0", "no", "n", "off", "f"})
  void manyWordsMeanFalse(String word) throws Exception {
    assertThat(read("enable_diarization", word)).isEqualTo(false);
  }

  @Test
  void aWordThatMeansNeitherIsLeftToTheValidator() throws Exception {
    assertThat(read("enable_vad", "perhaps")).isEqualTo("perhaps");
  }

  @Test
  void numbersAreNumbersAndOtherTextsAreLeftToTheValidator() throws Exception {
    assertThat(read("vad_threshold", " 0.4 ")).isEqualTo(0.4);
    assertThat(read("priority", "-3")).isEqualTo(-3);
    assertThat(read("vad_threshold", "loud")).isEqualTo("loud");
  }

  @Test
  void theLastOfSeveralSingleValuesWins() throws Exception {
    assertThat(read("vad_threshold", "0.4", "0.6")).isEqualTo(0.6);
  }

  @Test
  void wordsAreTakenInAnyCaseWithSpacesAround() throws Exception {
    assertThat(read("asr_backend", " Whisper ")).isEqualTo("whisper");
  }

  @Test
  void anEmptyFieldIsAsIfItWereNotThere() throws Exception {
    assertThat(FormParameters.read(Map.of("template_id", List.of(""), "features", List.of(" "))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", " [ ] ", ",", "[\"\"]"})
  void anEmptyListIsAsIfItWereNotThere(String text) throws Exception {
    assertThat(FormParameters.read(Map.of("features", List.of(text)))).isEmpty();
  }

  @Test
  void objectsAreJson() throws Exception {
    assertThat(read("metadata", "{\"case\": \"2026-17\"}")).isEqualTo(Map.of("case", "2026-17"));
  }

  @Test
  void oneObjectMayHoldAllParametersAndAFieldOfItsOwnOutweighsIt() throws Exception {
    Map<String, List<String>> form =
        Map.of(
            "parameters",
            List.of("{\"vad_threshold\": 0.2, \"features\": [\"summary\"]}"),
            "vad_threshold",
            List.of("0.7"));

    assertThat(FormParameters.read(form))
        .containsOnly(Map.entry("vad_threshold", 0.7), Map.entry("features", List.of("summary")));
  }
}
