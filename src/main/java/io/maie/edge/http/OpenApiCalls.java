package io.maie.edge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The description of the API for programs, with the parameters that recordings have. */
final class OpenApiCalls {
  private static final String DOCUMENT = "openapi.json";
  private static final List<String> FORMS = List.of("Recording", "OpenAiRecording");

  List<Route> routes() {
    return List.of(Route.open("GET", "/openapi.json", exchange -> exchange.json(200, document())));
  }

  /** An OpenAPI 3.1 document. */
  static JsonNode document() throws IOException {
    try (InputStream stream = OpenApiCalls.class.getResourceAsStream(DOCUMENT)) {
      JsonNode document = Answers.MAPPER.readTree(stream);
      for (String form : FORMS) {
        JsonNode fields = document.at("/components/schemas/" + form + "/properties");
        for (Map.Entry<String, JsonNode> parameter : FormParameters.schemas().entrySet()) {
          if (fields instanceof ObjectNode known && !known.has(parameter.getKey())) {
            known.set(parameter.getKey(), asField(parameter.getValue()));
          }
        }
      }
      return document;
    }
  }

  /** A form cannot tell an empty list from none. */
  private static JsonNode asField(JsonNode schema) {
    ObjectNode field = schema.deepCopy();
    field.remove("minItems");
    return field;
  }
}
