package io.maie.edge.text.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Some of the texts of {@code src/test/resources/text/evaluation}; its README tells about them.
 *
 * @param ids names of their folders
 */
record EvaluationSet(List<String> ids) {
  /** For the development of a summariser. */
  static final EvaluationSet DEVELOPMENT =
      new EvaluationSet(
          List.of(
              "library-meeting",
              "kitchen-memo",
              "infamy-address",
              "challenger-address",
              "candle-lecture",
              "apollo-13-call",
              "hop-du-an"));

  /** Looked at once, when a summariser is finished. */
  static final EvaluationSet FINAL =
      new EvaluationSet(List.of("apollo-11-news", "beekeeper-interview", "ghi-am-chuyen-di"));

  /** Looked at once too, when a summariser has changed since a look at {@link #FINAL}. */
  static final EvaluationSet SECOND_FINAL =
      new EvaluationSet(List.of("clinic-standup", "heating-call", "hop-lop-hoc"));

  /** For development too, of a writer who had not seen the rules either. */
  static final EvaluationSet SECOND_DEVELOPMENT =
      new EvaluationSet(
          List.of(
              "release-planning",
              "choir-committee",
              "payroll-support-call",
              "ghi-am-quan-ca-phe",
              "soil-lecture",
              "site-coordination",
              "vet-practice",
              "clock-interview",
              "rehearsal-memo",
              "hop-hop-tac-xa"));

  /** Looked at once, for the summariser that the second development set was read for. */
  static final EvaluationSet THIRD_FINAL = numbered("third-final-", 4);

  /** For development too, of a third writer. */
  static final EvaluationSet THIRD_DEVELOPMENT = numbered("third-development-", 6);

  /** Looked at once, for the summariser that the third development set was read for. */
  static final EvaluationSet FOURTH_FINAL = numbered("fourth-final-", 6);

  /** Looked at once, of a fourth and a fifth writer who each wrote about the other's texts too. */
  static final EvaluationSet FIFTH_FINAL = numbered("fifth-final-", 8);

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  EvaluationSet {
    ids = List.copyOf(ids);
  }

  private static EvaluationSet numbered(String prefix, int count) {
    return new EvaluationSet(
        IntStream.rangeClosed(1, count).mapToObj(number -> prefix + number).toList());
  }

  List<EvaluationText> texts() {
    return ids.stream().map(EvaluationSet::text).toList();
  }

  private static EvaluationText text(String id) {
    StoredTranscript transcript = read(id, "transcript.json", StoredTranscript.class);
    List<Reference> references =
        List.of(
            read(id, "reference-1.json", Reference.class),
            read(id, "reference-2.json", Reference.class));
    return new EvaluationText(id, transcript.language().code(), transcript.segments(), references);
  }

  /** Content of a file of a text. */
  static byte[] file(String id, String name) {
    String path = "/text/evaluation/" + id + "/" + name;
    try (InputStream stream = EvaluationSet.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(stream, path).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(String id, String name, Class<T> type) {
    try {
      return JSON.readValue(file(id, name), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record StoredTranscript(
      @JsonProperty("language") StoredLanguage language,
      @JsonProperty("segments") List<Utterance> segments) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record StoredLanguage(@JsonProperty("code") String code) {}
}
