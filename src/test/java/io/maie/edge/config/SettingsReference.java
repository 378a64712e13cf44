package io.maie.edge.config;

import io.maie.edge.request.Parameter;
import io.maie.edge.request.Parameters;
import io.maie.edge.schema.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The example file and the tables of the documentation, made from the declarations. */
final class SettingsReference {
  private static final int LINE_LENGTH = 100;

  private static final Map<String, String> SECTIONS = sections();

  private SettingsReference() {}

  private static Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("inbox", "How recordings arrive.");
    sections.put(
        "outbox", "The folder for results. Relative paths lie under the home, as everywhere.");
    sections.put("failed", "Where failures go.");
    sections.put("archive", "The folder for processed recordings.");
    sections.put("work", "The running task.");
    sections.put("state", "Status, history, requests, logs.");
    sections.put("limits", "Limits at which a recording is refused or stopped.");
    sections.put("retry", "Limits for trying again.");
    sections.put("ffmpeg", "The decoder.");
    sections.put("ffprobe", "The program that inspects files.");
    sections.put("vad", "Finding speech. The threshold is defaults.vad_threshold.");
    sections.put("asr", "Recognising speech.");
    sections.put("asr.moonshine", "Decoding with models of the family moonshine.");
    sections.put("asr.transducer", "Decoding with transducers and ChunkFormer.");
    sections.put("asr.whisper", "Decoding with models of the family whisper.");
    sections.put(
        "asr.hallucination",
        "Text that counts as invented, whichever model wrote it. The texts are in"
            + " config/patterns/.");
    sections.put("diarization", "Telling speakers apart.");
    sections.put("text", "Clean transcripts and summaries.");
    sections.put("text.summary", "A language model on a server that sums up.");
    sections.put("text.cleaning", "A language model that corrects clean transcripts.");
    sections.put("text.server", "Limits for servers of language models.");
    sections.put("text.onnx", "A language model in models/ that sums up on this machine.");
    sections.put("onnx", "Running models.");
    sections.put("models", "The installed models.");
    sections.put("retention", "Ages and sizes at which files are deleted.");
    sections.put("disk", "Limits of free disk space.");
    sections.put("logging", "The log file; the journal gets the same lines.");
    sections.put("http", "The local API.");
    sections.put("status", "STATUS.txt and status.json.");
    sections.put(
        KnownSettings.DEFAULTS,
        "Parameters of recordings that say nothing themselves; folder profiles and sidecars win.");
    return sections;
  }

  /** The annotated example file: every setting with its default, all commented out. */
  static String exampleFile() {
    StringBuilder yaml = new StringBuilder();
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
              comment(yaml, indent, SECTIONS.getOrDefault(section, ""));
              yaml.append("# ").append(indent).append(section.substring(inner)).append(":\n");
              settings.forEach(row -> row.writeTo(yaml, indent + "  "));
            });
    return yaml.toString();
  }

  /** One table per section. */
  static String markdown() {
    StringBuilder text = new StringBuilder();
    bySection()
        .forEach(
            (section, rows) -> {
              text.append("### `").append(section).append("`\n\n");
              text.append(SECTIONS.getOrDefault(section, "")).append("\n\n");
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

  static List<String> sectionNames() {
    return List.copyOf(SECTIONS.keySet());
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
