package io.maie.edge.text.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.schema.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one template folder and collects everything that is wrong with it. */
final class TemplateReader {
  private static final String SCHEMA = "schema.json";
  private static final String PROMPT = "prompt.jinja";
  private static final String EXAMPLE = "example.json";
  private static final String FEW_SHOTS = "few-shots.json";
  private static final String NO_SHOTS = "[]";

  private static final int MOST_BYTES = 256 << 10;

  /** Far beyond any summary, and far below what would exhaust the stack. */
  private static final int MOST_NESTING = 64;

  private static final Pattern SCHEMA_IN_PROMPT = Pattern.compile("\\{\\{-?\\s*schema\\b");

  static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String id;
  private final Path folder;
  private final List<Problem> problems = new ArrayList<>();

  /** The schema of the template; null until it is read, or if it is none. */
  private @Nullable SummarySchema schema;

  TemplateReader(String id, Path folder) {
    this.id = id;
    this.folder = folder;
  }

  CheckedTemplate read() {
    if (!TemplateFolders.isId(id)) {
      problems.add(
          new Problem(
              folder.toString(),
              "",
              "expected a name of lower-case letters, digits and '_', at most 64, found '"
                  + id
                  + "'"));
    }
    @Nullable String schemaText = text(SCHEMA);
    @Nullable String prompt = text(PROMPT);
    @Nullable String exampleText = text(EXAMPLE);
    @Nullable JsonNode schemaNode = json(SCHEMA, schemaText);
    schema = schemaNode == null ? null : schema(schemaNode);
    checkPrompt(prompt);
    String fewShots = NO_SHOTS;
    checkExample(json(EXAMPLE, exampleText));
    if (Files.exists(folder.resolve(FEW_SHOTS))) {
      @Nullable JsonNode shots = json(FEW_SHOTS, text(FEW_SHOTS));
      checkFewShots(shots);
      fewShots = String.valueOf(shots);
    }
    if (!problems.isEmpty() || schemaNode == null) {
      return new CheckedTemplate(id, folder, null, problems);
    }
    Template template =
        new Template(
            id,
            schemaNode.path("title").asText(id),
            schemaNode.path("description").asText(""),
            String.valueOf(schemaText),
            String.valueOf(prompt),
            String.valueOf(exampleText),
            fewShots);
    return new CheckedTemplate(id, folder, template, problems);
  }

  private @Nullable SummarySchema schema(JsonNode node) {
    List<SummarySchema.Violation> violations = SummarySchema.check(node);
    violations.forEach(violation -> add(SCHEMA, violation.field(), violation.sentence()));
    return violations.isEmpty() ? SummarySchema.of(node) : null;
  }

  private void checkPrompt(@Nullable String prompt) {
    if (prompt != null && !SCHEMA_IN_PROMPT.matcher(prompt).find()) {
      add(PROMPT, "", "expected {{ schema }}, without which a model does not see the schema");
    }
    if (prompt != null) {
      try {
        Template.parsed(prompt);
      } catch (PromptSyntaxException e) {
        add(PROMPT + ":" + e.line(), "", String.valueOf(e.getMessage()));
      }
    }
  }

  private void checkExample(@Nullable JsonNode example) {
    if (example != null) {
      checkSummary(EXAMPLE, "", example);
    }
  }

  private void checkFewShots(@Nullable JsonNode shots) {
    if (shots == null) {
      return;
    }
    if (!shots.isArray()) {
      add(FEW_SHOTS, "", "expected a list of objects with input and output");
      return;
    }
    for (int i = 0; i < shots.size(); i++) {
      checkFewShot("[" + i + "]", shots.get(i));
    }
  }

  private void checkFewShot(String field, JsonNode shot) {
    if (shot.path("input").asText("").isBlank()) {
      add(FEW_SHOTS, field, "expected input, the text of a transcript");
    }
    if (!shot.has("output")) {
      add(FEW_SHOTS, field, "expected output, the summary of it");
    } else {
      checkSummary(FEW_SHOTS, field + ".output", shot.get("output"));
    }
  }

  private void checkSummary(String file, String field, JsonNode summary) {
    SummarySchema known = schema;
    if (known == null) {
      return;
    }
    for (SummarySchema.Violation violation : known.violations(summary)) {
      String inner = violation.field();
      boolean joined = field.isEmpty() || inner.isEmpty() || inner.startsWith("[");
      add(file, joined ? field + inner : field + "." + inner, violation.sentence());
    }
  }

  private @Nullable String text(String file) {
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        add(file, "", "expected at most 256 KiB");
        return null;
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      add(file, "", "the file is missing");
    } catch (CharacterCodingException e) {
      add(file, "", "expected UTF-8");
    } catch (IOException e) {
      add(file, "", "the file cannot be read: " + e);
    }
    return null;
  }

  private @Nullable JsonNode json(String file, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      @Nullable JsonLocation at = e.getLocation();
      String where = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      add(file + where, "", "expected JSON: " + e.getOriginalMessage());
      return null;
    }
  }

  private void add(String file, String field, String sentence) {
    problems.add(new Problem(folder.resolve(file).toString(), field, sentence));
  }
}
