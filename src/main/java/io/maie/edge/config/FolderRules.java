package io.maie.edge.config;

import io.maie.edge.schema.Key;
import io.maie.edge.schema.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folders must not lie in each other: results would become recordings, and retention would delete
 * the wrong files. Links are followed first, so that two names of one folder do not deceive.
 */
final class FolderRules {
  private final Map<Key<Path>, Path> folders = new LinkedHashMap<>();
  private final Path log;
  private final SettingValues values;
  private final List<Problem> problems = new ArrayList<>();

  private FolderRules(FolderSettings folders, SettingValues values) {
    this.values = values;
    this.folders.put(ArrivalKeys.INBOX_PATH, real(folders.inbox()));
    this.folders.put(ArrivalKeys.OUTBOX_PATH, real(folders.outbox()));
    this.folders.put(ArrivalKeys.FAILED_PATH, real(folders.failed()));
    this.folders.put(ArrivalKeys.ARCHIVE_PATH, real(folders.archive()));
    this.folders.put(ArrivalKeys.WORK_PATH, real(folders.work()));
    this.folders.put(ArrivalKeys.STATE_PATH, real(folders.state()));
    this.folders.put(ModelKeys.MODELS_PATH, real(folders.models()));
    this.log = real(folders.state().resolve(values.get(UpkeepKeys.LOGGING_FILE)).normalize());
  }

  static List<Problem> check(FolderSettings folders, SettingValues values) {
    return new FolderRules(folders, values).problems();
  }

  private List<Problem> problems() {
    List<Key<Path>> settings = new ArrayList<>(folders.keySet());
    for (int i = 0; i < settings.size(); i++) {
      for (int j = i + 1; j < settings.size(); j++) {
        compare(settings.get(i), settings.get(j));
      }
    }
    if (!log.startsWith(folder(ArrivalKeys.STATE_PATH))) {
      settings.forEach(setting -> compareLog(setting));
    }
    return problems;
  }

  /** Retention would delete the log that is being written, or somebody would fetch it. */
  private void compareLog(Key<Path> outer) {
    if (log.startsWith(folder(outer))) {
      report(
          UpkeepKeys.LOGGING_FILE,
          "a file outside of " + outer.name() + " '" + folder(outer) + "'",
          log);
    }
  }

  private void compare(Key<Path> one, Key<Path> other) {
    Path first = folder(one);
    Path second = folder(other);
    if (first.equals(second)) {
      report(other, "another folder than " + one.name());
    } else if (second.startsWith(first) && !mayHold(one)) {
      report(other, "a folder outside of " + one.name() + " '" + first + "'");
    } else if (first.startsWith(second) && !mayHold(other)) {
      report(one, "a folder outside of " + other.name() + " '" + second + "'");
    }
  }

  /** Limits the nesting of folders; the program's own folder may hold others. */
  private static boolean mayHold(Key<Path> outer) {
    return outer.equals(ArrivalKeys.STATE_PATH);
  }

  private void report(Key<Path> setting, String expectation) {
    report(setting, expectation, folder(setting));
  }

  private void report(Key<Path> setting, String expectation, Path found) {
    problems.add(values.problem(setting, "expected " + expectation + ", found '" + found + "'"));
  }

  private Path folder(Key<Path> setting) {
    return folders.getOrDefault(setting, setting.defaultValue());
  }

  /** The path without links as far as it exists. */
  private static Path real(Path path) {
    for (@Nullable Path existing = path; existing != null; existing = existing.getParent()) {
      try {
        Path real = existing.toRealPath();
        return existing.equals(path) ? real : real.resolve(existing.relativize(path));
      } catch (IOException e) {
        // not there yet, or not readable: its parent may be
      }
    }
    return path;
  }
}
