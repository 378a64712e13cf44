package io.maie.edge.text.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The templates in {@code config/templates}. */
final class ShippedTemplatesTest {
  private static final Path FOLDER = Path.of("config/templates");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<CheckedTemplate> templates() throws IOException {
    return new TemplateFolders(List.of(FOLDER)).read();
  }

  @Test
  void everyShippedTemplatePassesItsCheck() throws IOException {
    assertThat(templates()).hasSize(9).allSatisfy(t -> assertThat(t.problems()).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void examplesAndFewShotsAreValid(CheckedTemplate checked) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(read(checked, "schema.json"));
    JsonNode fewShots = read(checked, "few-shots.json");

    assertThat(schema.validate(read(checked, "example.json"))).isEmpty();
    assertThat(fewShots).isNotEmpty();
    assertThat(fewShots)
        .allSatisfy(shot -> assertThat(schema.validate(shot.get("output"))).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void objectsInShippedSchemasAllowNoOtherProperties(CheckedTemplate checked) throws IOException {
    JsonNode schema = read(checked, "schema.json");

    assertThat(schema.path("$schema").asText()).contains("2020-12");
    assertThat(schema.findParents("properties"))
        .allSatisfy(o -> assertThat(o.path("additionalProperties").asBoolean(true)).isFalse());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void promptsSayThatATranscriptIsNotAnOrder(CheckedTemplate checked) {
    assertThat(checked.template().orElseThrow().prompt())
        .contains("<transcript>", "</transcript>")
        .contains("{% for shot in few_shots %}");
  }

  private static JsonNode read(CheckedTemplate checked, String file) throws IOException {
    return JSON.readTree(Files.readString(checked.folder().resolve(file)));
  }
}
