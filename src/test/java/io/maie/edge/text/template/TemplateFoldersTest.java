package io.maie.edge.text.template;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateFoldersTest {
  private static final String SCHEMA =
      """
      {
        "title": "Notes",
        "description": "Short notes.",
        "type": "object",
        "additionalProperties": false,
        "required": ["tags"],
        "properties": {
          "text": {"type": "string", "maxLength": 5},
          "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
          "tags": {"type": "array", "minItems": 1, "maxItems": 10, "items": {"type": "string"}}
        },
        "$defs": {"step": {"type": "object", "required": ["what"]}}
      }
      """;

  @TempDir private Path weak;
  @TempDir private Path strong;
  private Path notes;

  @BeforeEach
  void aTemplateIsLaidOut() throws IOException {
    notes = Files.createDirectories(weak.resolve("notes"));
    write("schema.json", SCHEMA);
    write("prompt.jinja", "Answer by this schema: {{ schema }}");
    write("example.json", "{\"text\": \"short\", \"tags\": [\"a\"]}");
  }

  @Test
  void aWholeTemplateIsFit() throws IOException {
    write("few-shots.json", "[{\"input\": \"Hello.\", \"output\": {\"tags\": [\"a\"]}}]");

    Template template = only().template().orElseThrow();

    assertThat(template.title()).isEqualTo("Notes");
    assertThat(template.description()).isEqualTo("Short notes.");
    assertThat(template.schema()).isEqualTo(SCHEMA);
  }

  @Test
  void theIdStandsForAMissingTitle() throws IOException {
    change("\"title\": \"Notes\",", "");

    assertThat(only().template().orElseThrow().title()).isEqualTo("notes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema.json", "prompt.jinja", "example.json"})
  void aMissingFileIsNamed(String file) throws IOException {
    Files.delete(notes.resolve(file));

    assertThat(problems()).contains(notes.resolve(file) + ": the file is missing");
  }

  @Test
  void anExampleThatBreaksTheSchemaIsNamedWithItsField() throws IOException {
    write("example.json", "{\"text\": \"too long\", \"steps\": [{}], \"tags\": [\"a\"]}");

    assertThat(problems())
        .anyMatch(line -> line.startsWith(notes.resolve("example.json") + ": text: "))
        .anyMatch(line -> line.startsWith(notes.resolve("example.json") + ": steps[0]: "));
  }

  @Test
  void anExampleWithoutARequiredFieldIsRefused() throws IOException {
    write("example.json", "{\"text\": \"short\"}");

    assertThat(problems()).singleElement().asString().contains("tags");
  }

  @Test
  void everyFewShotIsHeldToTheSchema() throws IOException {
    write(
        "few-shots.json",
        "[{\"input\": \"a\", \"output\": {\"tags\": [\"a\"]}},"
            + " {\"input\": \"b\", \"output\": {\"tags\": []}},"
            + " {\"output\": {\"tags\": [\"a\"]}}, {\"input\": \"d\"}]");

    assertThat(problems())
        .hasSize(3)
        .anyMatch(line -> line.contains("few-shots.json: [1].output.tags: "))
        .anyMatch(line -> line.contains("few-shots.json: [2]: expected input"))
        .anyMatch(line -> line.contains("few-shots.json: [3]: expected output"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "minItems": 1,                | ''              | properties.tags: expected a list
          "minItems": 1,                | "minItems": 0,  | properties.tags: expected a list
          "maxItems": 10,               | ''              | properties.tags: expected a list
          "maxItems": 10,               | "maxItems": 11, | properties.tags: expected a list
          "items": {"type": "string"}}  | "items": {"type": "number"}} | properties.tags: expected a list
          "tags": {"type"               | "labels": {"type" | properties: expected either tags
          "type": "object", "additional | "type": "array", "additional | type: expected 'object'
          "required": ["tags"],         | ''              | required: expected a list
          "type": "string", "maxLength" | "type": "strong", "maxLength" | properties.text.type:
          #/$defs/step                  | https://example.org/step.json | $ref: expected a reference within
          #/$defs/step                  | #/$defs/stop    | the schema cannot be used
          "title": "Notes",             | "$schema": "http://json-schema.org/draft-07/schema#", | $schema: expected
          """)
  void aSchemaThatBreaksARuleIsRefused(String old, String changed, String problem)
      throws IOException {
    change("\"type\": \"object\",\n  \"additional", "\"type\": \"object\", \"additional");
    change(old, changed);

    assertThat(problems()).anyMatch(line -> line.contains("schema.json: " + problem));
  }

  @Test
  void aPromptThatHidesTheSchemaIsRefused() throws IOException {
    write("prompt.jinja", "Answer as you like.");

    assertThat(problems()).singleElement().asString().contains("expected {{ schema }}");
  }

  @Test
  void brokenJsonIsNamedWithItsLine() throws IOException {
    write("example.json", "{\n\"text\": }");

    assertThat(problems()).singleElement().asString().contains("example.json:2:");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() throws IOException {
    write("example.json", "{\"tags\": [\"a\"], \"tags\": [\"b\"]}");

    assertThat(problems()).singleElement().asString().contains("example.json:1:");
  }

  @Test
  void endlessNestingIsRefused() throws IOException {
    write("example.json", "[".repeat(100_000));
    write("schema.json", "[".repeat(100_000));

    assertThat(problems()).hasSize(2);
  }

  @Test
  void aHugeFileIsRefused() throws IOException {
    write("prompt.jinja", "{{ schema }}" + " ".repeat(256 << 10));

    assertThat(problems()).singleElement().asString().endsWith("expected at most 256 KiB");
  }

  @Test
  void anotherEncodingIsRefused() throws IOException {
    Files.writeString(notes.resolve("prompt.jinja"), "{{ schema }} é", ISO_8859_1);

    assertThat(problems()).singleElement().asString().endsWith("expected UTF-8");
  }

  @Test
  void aFolderWhoseNameIsNoIdIsRefused() throws IOException {
    Files.move(notes, weak.resolve("My Notes"));

    assertThat(problems()).singleElement().asString().contains("'My Notes'");
  }

  @Test
  void hiddenFoldersAreNoTemplates() throws IOException {
    Files.move(notes, weak.resolve(".notes"));

    assertThat(folders().read()).isEmpty();
  }

  @Test
  void theStrongestFolderCountsForAnId() throws IOException {
    Path stronger = Files.createDirectories(strong.resolve("notes"));

    assertThat(only().folder()).isEqualTo(stronger);
    assertThat(only().template()).isEmpty();
  }

  @Test
  void foldersThatDoNotExistHoldNothing() throws IOException {
    assertThat(new TemplateFolders(List.of(weak.resolve("nowhere"))).read()).isEmpty();
  }

  private TemplateFolders folders() {
    return new TemplateFolders(List.of(strong, weak));
  }

  private CheckedTemplate only() throws IOException {
    return folders().read().get(0);
  }

  private List<String> problems() throws IOException {
    return only().problems().stream().map(Object::toString).toList();
  }

  private void change(String old, String changed) throws IOException {
    String schema = Files.readString(notes.resolve("schema.json"));
    assertThat(schema).contains(old);
    write("schema.json", schema.replace(old, changed));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(notes.resolve(file), text);
  }
}
