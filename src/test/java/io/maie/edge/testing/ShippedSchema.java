package io.maie.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A JSON Schema among the resources of the program, or in its documents. */
public final class ShippedSchema {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
              .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
              .build());

  private final Schema schema;

  private ShippedSchema(String text) {
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
  }

  /** The schema of result documents. */
  public static ShippedSchema result() {
    return new ShippedSchema(text("result-v1.json"));
  }

  /** The schema of what result documents have under {@code results}. */
  public static ShippedSchema results() {
    try {
      ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(text("result-v1.json"));
      schema.retain("$schema", "$defs");
      schema.put("$ref", "#/$defs/results");
      return new ShippedSchema(schema.toString());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of sidecars. */
  public static ShippedSchema parameters() {
    return document("parameters-v1.json");
  }

  /** The schema of folder profiles. */
  public static ShippedSchema folderProfile() {
    return document("folder-v1.json");
  }

  /** The schema of settings files. */
  public static ShippedSchema settings() {
    return document("settings-v1.json");
  }

  private static ShippedSchema document(String name) {
    try {
      return new ShippedSchema(Files.readString(Path.of("docs", "schema", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    try (InputStream resource = ShippedSchema.class.getResourceAsStream("/schema/" + name)) {
      return new String(Objects.requireNonNull(resource, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rules that {@code json} breaks; empty if it is valid. */
  public List<String> violations(String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  /** Rules that {@code yaml} breaks as YAML 1.2, which editors read; empty if it is valid. */
  public List<String> yamlViolations(String yaml) throws IOException {
    JsonNode read = YAML.readTree(yaml);
    return violations(read.isMissingNode() ? "null" : read.toString());
  }

  /** Fails unless every document that was published below {@code home} is valid. */
  public static void acceptsAllDocumentsOf(Path home) throws IOException {
    ShippedSchema schema = result();
    for (String folder : List.of("outbox", "failed")) {
      try (Stream<Path> files = Files.walk(home.resolve(folder))) {
        for (Path document : files.filter(ShippedSchema::isDocument).toList()) {
          assertThat(schema.violations(Files.readString(document))).as("%s", document).isEmpty();
        }
      }
    }
  }

  private static boolean isDocument(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean isSidecar = name.endsWith(".job.json");
    return name.endsWith(".json") && !isSidecar && !name.startsWith(".");
  }

  /** Fails with every violation unless {@code json} is valid. */
  public void accepts(byte[] json) {
    assertThat(violations(new String(json, UTF_8))).isEmpty();
  }
}
