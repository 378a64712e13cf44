package io.maie.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads published documents. */
final class PublishedJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private PublishedJson() {}

  /**
   * Reads a document.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON
   */
  static JsonNode read(Path document) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(document));
  }
}
