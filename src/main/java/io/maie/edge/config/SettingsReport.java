package io.maie.edge.config;

import io.maie.edge.request.ParameterDocument;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Problem;
import io.maie.edge.schema.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Text of {@code config show} and {@code config check}. */
public final class SettingsReport {
  private static final int COMMENT_COLUMN = 44;

  /** Sections about places of files, working hours and retention. */
  private static final Set<String> OF_OPERATION =
      Set.of(
          "inbox",
          "outbox",
          "failed",
          "archive",
          "work",
          "state",
          "status",
          "http",
          "limits",
          "retry",
          "disk",
          "logging",
          "retention",
          "models");

  private SettingsReport() {}

  /** Every setting with its value, secrets masked, and where the value is from; valid YAML. */
  public static String show(LoadedSettings loaded) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("# profile: ").append(loaded.profile()).append('\n');
    yaml.append("# file: ").append(loaded.file() == null ? "none" : loaded.file()).append('\n');
    yaml.append("# home: ").append(loaded.best().folders().home()).append('\n');
    lines(loaded.best(), KnownSettings.OF_PROGRAM)
        .forEach(
            (section, lines) -> {
              int inner = section.lastIndexOf('.') + 1;
              String indent = inner == 0 ? "" : "  ";
              yaml.append(indent).append(section.substring(inner)).append(":\n");
              lines.forEach(line -> yaml.append(indent).append("  ").append(line).append('\n'));
            });
    return yaml.toString();
  }

  /** Only what differs from the defaults, one line each, for the log. */
  public static List<String> changes(LoadedSettings loaded) {
    List<String> changes = new ArrayList<>();
    SettingValues values = loaded.best().values();
    for (Key<?> setting : KnownSettings.OF_PROGRAM.all()) {
      Origin origin = values.origin(setting.name());
      if (origin.layer() != Origin.Layer.DEFAULT) {
        changes.add(setting.name() + "=" + values.show(setting) + " from " + origin.where());
      }
    }
    Map<String, Object> defaults = ParameterDocument.of(loaded.best().defaults());
    for (Map.Entry<String, Object> entry : defaults.entrySet()) {
      String name = KnownSettings.DEFAULTS + "." + entry.getKey();
      Origin origin = values.origin(name);
      if (origin.layer() != Origin.Layer.DEFAULT) {
        changes.add(name + "=" + YamlText.of(entry.getValue()) + " from " + origin.where());
      }
    }
    return changes;
  }

  /**
   * Settings that can change results besides the parameters of a recording, one line each. Sections
   * not known here count as well, which at worst means that a recording is processed again.
   */
  public static List<String> shapingResults(Settings settings) {
    return KnownSettings.OF_PROGRAM.all().stream()
        .filter(setting -> !OF_OPERATION.contains(setting.name().replaceFirst("\\..*", "")))
        .map(setting -> setting.name() + "=" + settings.values().show(setting))
        .toList();
  }

  /** Every problem in one line each, as compilers write them. */
  public static List<String> check(LoadedSettings loaded) {
    return loaded.problems().stream().map(Problem::toString).toList();
  }

  static Map<String, List<String>> lines(Settings settings, KnownSettings known) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    for (Key<?> setting : known.all()) {
      SettingValues values = settings.values();
      String value = effective(settings, setting);
      sections
          .computeIfAbsent(setting.section(), section -> new ArrayList<>())
          .add(line(setting.label() + ": " + value, values.origin(setting.name()).where()));
    }
    List<String> defaults = new ArrayList<>();
    ParameterDocument.of(settings.defaults())
        .forEach(
            (key, value) ->
                defaults.add(
                    line(
                        key + ": " + YamlText.of(value),
                        settings.values().origin(KnownSettings.DEFAULTS + "." + key).where())));
    sections.put(KnownSettings.DEFAULTS, defaults);
    return sections;
  }

  private static String line(String text, String origin) {
    return text + " ".repeat(Math.max(1, COMMENT_COLUMN - text.length())) + "# " + origin;
  }

  /** Paths as they are used, everything else as it is written. */
  private static String effective(Settings settings, Key<?> setting) {
    Path path = paths(settings).get(setting);
    return path == null ? written(setting, settings.values()) : YamlText.quoted(path.toString());
  }

  private static Map<Key<?>, Path> paths(Settings settings) {
    FolderSettings folders = settings.folders();
    return Map.of(
        ArrivalKeys.INBOX_PATH, folders.inbox(),
        ArrivalKeys.OUTBOX_PATH, folders.outbox(),
        ArrivalKeys.FAILED_PATH, folders.failed(),
        ArrivalKeys.ARCHIVE_PATH, folders.archive(),
        ArrivalKeys.WORK_PATH, folders.work(),
        ArrivalKeys.STATE_PATH, folders.state(),
        ModelKeys.MODELS_PATH, folders.models(),
        UpkeepKeys.LOGGING_FILE, settings.logging().file());
  }

  private static <T> String written(Key<T> setting, SettingValues values) {
    T value = values.get(setting);
    return setting.isSecret()
        ? YamlText.quoted(setting.show(value))
        : YamlText.of(setting.type().write(value));
  }
}
