package io.maie.edge.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Translates a status to JSON and back. */
public final class StatusCodec {
  /** Grows by optional keys only. */
  public static final int SCHEMA_VERSION = 1;

  private static final String SCHEMA_KEY = "schema_version";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(InstantText.module())
          .build();

  private StatusCodec() {}

  /** The status as JSON, UTF-8. */
  public static byte[] encode(Status status) {
    ObjectNode document = MAPPER.createObjectNode().put(SCHEMA_KEY, SCHEMA_VERSION);
    document.setAll((ObjectNode) MAPPER.valueToTree(status));
    document.remove("healthy");
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values can be written", e);
    }
  }

  /**
   * Reads what {@link #encode} made.
   *
   * @throws IOException if it is something else
   */
  public static Status decode(byte[] bytes) throws IOException {
    JsonNode document = MAPPER.readTree(bytes);
    if (document.path(SCHEMA_KEY).asInt() != SCHEMA_VERSION) {
      throw new IOException(
          "Expected a status of schema_version "
              + SCHEMA_VERSION
              + ", found "
              + document.path(SCHEMA_KEY));
    }
    Status status = MAPPER.treeToValue(document, Status.class);
    if (status == null) {
      throw new IOException("Expected a status, found nothing");
    }
    return status;
  }
}
