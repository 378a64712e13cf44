package io.maie.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.request.Parameter;
import io.maie.edge.request.Parameters;
import io.maie.edge.schema.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The example file and the tables of the documentation, made from the declarations. */
final class SettingsReference {
  private static final int LINE_LENGTH = 100;

  private SettingsReference() {}

  /** The annotated example file: every setting with its default, all commented out. */
  static String exampleFile() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("# yaml-language-server: $schema=../docs/schema/settings-v1.json\n");
    yaml.append("# Settings of MAIE Edge. Every commented line shows the default.\n");
    yaml.append("# Check with: maie-edge config check     Settings in force: maie-edge config");
    yaml.append(" show\n# Each setting can also be given as a variable, for example");
    yaml.append(" MAIE_INBOX__SETTLE_TIME=10s\n");
    bySection()
        .forEach(
            (section, settings) -> {
              int inner = section.lastIndexOf('.') + 1;
              String indent = inner == 0 ? "" : "  ";
              yaml.append(inner == 0 ? "\n" : "");
              comment(yaml, indent, SettingSections.SENTENCES.getOrDefault(section, ""));
              yaml.append("# ").append(indent).append(section.substring(inner)).append(":\n");
              settings.forEach(row -> row.writeTo(yaml, indent + "  "));
            });
    return yaml.toString();
  }

  /** An example file without the first column of number signs: every setting with its default. */
  static String uncommented(Path file) throws IOException {
    return Files.readAllLines(file, UTF_8).stream()
        .filter(line -> line.matches("# (  ){0,2}[a-z_]+:.*"))
        .map(line -> line.substring(2))
        .reduce("", (text, line) -> text + line + "\n");
  }

  /** One table per section. */
  static String markdown() {
    StringBuilder text = new StringBuilder();
    bySection()
        .forEach(
            (section, rows) -> {
              text.append("### `").append(section).append("`\n\n");
              text.append(SettingSections.SENTENCES.getOrDefault(section, "")).append("\n\n");
              text.append("| setting | value | default | |\n|---|---|---|---|\n");
              rows.forEach(row -> text.append(row.markdown()));
              text.append('\n');
            });
    return text.toString();
  }

  /** The table of former names. */
  static String formerNames() {
    StringBuilder text = new StringBuilder("| removed | use instead |\n|---|---|\n");
    new TreeMap<>(KnownSettings.successors())
        .forEach(
            (former, successor) -> text.append("| `%s` | `%s` |\n".formatted(former, successor)));
    return text.toString();
  }

  /** One setting as documents show it. */
  private record Row(String name, String type, String defaultText, String description) {

    void writeTo(StringBuilder yaml, String indent) {
      String key = name.substring(name.lastIndexOf('.') + 1);
      comment(yaml, indent, description);
      yaml.append("# ").append(indent).append(key).append(':');
      yaml.append(defaultText.isEmpty() ? "" : " " + defaultText).append('\n');
    }

    String markdown() {
      String shown = defaultText.isEmpty() ? "-" : "`" + defaultText + "`";
      return "| `%s` | %s | %s | %s |\n".formatted(name, type, shown, description);
    }
  }

  private static Map<String, List<Row>> bySection() {
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    for (Key<?> setting : KnownSettings.OF_PROGRAM.all()) {
      add(sections, row(setting.name(), setting));
    }
    for (Parameter<?> parameter : Parameters.all().values()) {
      add(sections, row(KnownSettings.DEFAULTS + "." + parameter.label(), parameter.key()));
    }
    return sections;
  }

  private static void add(Map<String, List<Row>> sections, Row row) {
    String section = row.name().substring(0, row.name().lastIndexOf('.'));
    sections.computeIfAbsent(section, name -> new ArrayList<>()).add(row);
  }

  private static <T> Row row(String name, Key<T> key) {
    boolean isAbsent = key.type().write(key.defaultValue()) == null;
    String shown = isAbsent ? "" : key.defaultText();
    return new Row(name, key.type().label(), shown, key.description());
  }

  /** A comment, wrapped; below a section it stays a comment when the section is uncommented. */
  private static void comment(StringBuilder yaml, String indent, String sentence) {
    String start = indent.isEmpty() ? "# " : "# " + indent + "# ";
    StringBuilder line = new StringBuilder(start);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > LINE_LENGTH) {
        yaml.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(start);
      }
      line.append(word).append(' ');
    }
    yaml.append(line.toString().stripTrailing()).append('\n');
  }
}
