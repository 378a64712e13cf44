package io.maie.edge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.request.Parameter;
import io.maie.edge.request.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The description of the API for programs, with the parameters that recordings have. */
final class OpenApiCalls {
  private static final String DOCUMENT = "openapi.json";
  private static final List<String> FORMS = List.of("Recording", "OpenAiRecording");

  List<Route> routes() {
    return List.of(Route.get("/openapi.json", exchange -> exchange.json(200, document())).open());
  }

  /** An OpenAPI 3.1 document. */
  static JsonNode document() throws IOException {
    try (InputStream stream = OpenApiCalls.class.getResourceAsStream(DOCUMENT)) {
      JsonNode document = Answers.MAPPER.readTree(stream);
      for (String form : FORMS) {
        JsonNode fields = document.at("/components/schemas/" + form + "/properties");
        for (Parameter<?> parameter : Parameters.all().values()) {
          if (fields instanceof ObjectNode known && !known.has(parameter.label())) {
            known.set(parameter.label(), asField(parameter));
          }
        }
      }
      return document;
    }
  }

  /** A form cannot tell an empty list from none. */
  private static JsonNode asField(Parameter<?> parameter) {
    ObjectNode field = Answers.MAPPER.valueToTree(parameter.schema());
    field.remove("minItems");
    return field;
  }
}
