package io.maie.edge.text.constrain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The templates that come with the program. */
final class ShippedSchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void anyModelAnswersEveryTemplateWithinItsTokens() throws Exception {
    List<byte[]> tokens = Vocabularies.common(4_000);
    TokenVocabulary vocabulary = TokenVocabulary.of(tokens);
    Random random = new Random(20);
    for (Template template : templates()) {
      SchemaConstraint schema = SchemaConstraint.compile(template.schemaTree(), vocabulary);
      for (Writer writer : Writer.values()) {
        for (int spare : List.of(0, 7, 300)) {
          int most = schema.leastTokens() + spare;
          String answer = Answering.answer(schema, tokens, writer, most, random);
          JsonNode content = JSON.readTree(answer);
          assertThat(template.violations(content))
              .as("%s with %s: %s", template.id(), writer, answer)
              .isEmpty();
        }
      }
    }
  }

  private static List<Template> templates() throws IOException {
    return new TemplateFolders(List.of(Path.of("config", "templates")))
        .read().stream()
            .map(CheckedTemplate::template)
            .map(template -> template.orElseThrow())
            .toList();
  }
}
