package io.maie.edge.text.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Way to make a server answer in JSON, the surest first. */
enum AnswerForm {
  /** Decoding is constrained by the schema. */
  SCHEMA,
  /** Decoding is constrained to JSON. */
  OBJECT,
  /** The prompt alone asks for JSON. */
  FREE;

  /** Next form when a server refuses this one. */
  Optional<AnswerForm> weaker() {
    return switch (this) {
      case SCHEMA -> Optional.of(OBJECT);
      case OBJECT -> Optional.of(FREE);
      case FREE -> Optional.empty();
    };
  }

  /** The value of {@code response_format}; empty if it is left out. */
  Optional<ObjectNode> responseFormat(JsonNode schema) {
    ObjectNode format = JsonNodeFactory.instance.objectNode();
    return switch (this) {
      case SCHEMA -> {
        format.put("type", "json_schema");
        format
            .putObject("json_schema")
            .put("name", "answer")
            .put("strict", true)
            .set("schema", schema);
        yield Optional.of(format);
      }
      case OBJECT -> Optional.of(format.put("type", "json_object"));
      case FREE -> Optional.empty();
    };
  }
}
