package io.maie.edge.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.testing.GeneratedText;
import io.maie.edge.testing.ShippedSchema;
import io.maie.edge.transcript.RemovalRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/RESULT.md says what the code says. */
final class ResultReferenceTest {
  private static final Path DOCUMENT = Path.of("docs", "RESULT.md");

  @Test
  void theExampleResultObeysTheSchema() throws IOException {
    holds("complete", SampleDocuments.complete());
  }

  @Test
  void theExampleFailureObeysTheSchema() throws IOException {
    holds("failed", SampleDocuments.failed());
  }

  @ParameterizedTest
  @EnumSource
  void documentsForReadersNameEveryFormat(OutputFormat format) throws IOException {
    for (String document : List.of("README.md", "docs/API.md", "docs/RESULT.md")) {
      assertThat(Files.readString(Path.of(document), UTF_8))
          .as(document)
          .containsPattern("\\." + format.label() + "`");
    }
  }

  @Test
  void everyFailureCodeOfARecordingIsExplained() throws IOException {
    String table =
        Arrays.stream(FailureCode.values())
            .filter(code -> code.scope() == FailureCode.Scope.RECORDING)
            .map(code -> "| `%s` | %s | %s |\n".formatted(code, code.sentence(), code.advice()))
            .collect(joining());
    GeneratedText.part(
        DOCUMENT,
        "codes",
        "\n| code | what happened | what to do |\n|---|---|---|\n" + table + "\n");
  }

  @Test
  void everyWarningIsListed() throws IOException {
    String table =
        Arrays.stream(WarningCode.values())
            .map(code -> "| `%s` | %s |\n".formatted(code, code.sentence()))
            .collect(joining());
    GeneratedText.part(DOCUMENT, "warnings", "\n| warning | |\n|---|---|\n" + table + "\n");
  }

  @Test
  void everyRuleOfRemovalIsListed() throws IOException {
    String table =
        Arrays.stream(RemovalRule.values())
            .map(rule -> "| `%s` | %s |\n".formatted(rule.label(), rule.sentence()))
            .collect(joining());
    GeneratedText.part(DOCUMENT, "rules", "\n| rule | |\n|---|---|\n" + table + "\n");
  }

  @Test
  void theSchemaForReadersIsTheOneThatShips() throws IOException {
    String name = "result-v1.json";
    try (InputStream resource = ResultReferenceTest.class.getResourceAsStream("/schema/" + name)) {
      String shipped = new String(Objects.requireNonNull(resource).readAllBytes(), UTF_8);
      GeneratedText.file(Path.of("docs", "schema", name), shipped);
    }
  }

  /** Every key that a document can have stands in the reference. */
  @Test
  void everyKeyIsExplained() throws IOException {
    String reference = Files.readString(DOCUMENT, UTF_8);
    String tables = reference.lines().filter(line -> line.startsWith("|")).collect(joining("\n"));
    JsonNode document = new ObjectMapper().readTree(ResultCodec.encode(SampleDocuments.complete()));

    explained(document, "", tables);
  }

  @ParameterizedTest
  @EnumSource
  void everyWarningHasItsSentence(WarningCode code) {
    assertThat(code.sentence()).endsWith(".");
  }

  private static void explained(JsonNode node, String path, String tables) {
    for (Map.Entry<String, JsonNode> key : node.properties()) {
      String name = key.getKey();
      boolean isDelegated =
          name.equals("parameters")
              || name.equals("decoding_params")
              || (name.equals("summary") && path.equals("results."))
              || name.equals("patterns")
              || name.equals("params");
      assertThat(tables).as(path + name).contains(name);
      if (!isDelegated) {
        JsonNode value = key.getValue();
        Iterable<JsonNode> nodes = value.isArray() ? value : List.of(value);
        nodes.forEach(each -> explained(each, path + name + ".", tables));
      }
    }
  }

  private static void holds(String part, ResultDocument document) throws IOException {
    byte[] bytes = ResultCodec.encode(document);
    ShippedSchema.result().accepts(bytes);
    GeneratedText.part(DOCUMENT, part, "\n```json\n" + new String(bytes, UTF_8) + "```\n\n");
  }
}
