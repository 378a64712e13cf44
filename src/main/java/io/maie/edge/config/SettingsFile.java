package io.maie.edge.config;

import io.maie.edge.schema.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A settings file on disk; that it cannot be read is one more problem to report. */
final class SettingsFile {
  /** Longer files are read this far, which is enough to refuse them. */
  private static final int MOST_BYTES = 2 << 20;

  private SettingsFile() {}

  static SettingsLayer read(Path file, Origin.Layer layer, KnownSettings known) {
    try (InputStream in = Files.newInputStream(file)) {
      return SettingsLayer.ofYaml(file.toString(), in.readNBytes(MOST_BYTES), layer, known);
    } catch (NoSuchFileException e) {
      return unreadable(file, "no such file");
    } catch (AccessDeniedException e) {
      return unreadable(file, "this user may not read the file");
    } catch (IOException e) {
      return unreadable(file, "the file cannot be read: " + e.getMessage());
    }
  }

  private static SettingsLayer unreadable(Path file, String reason) {
    return new SettingsLayer(Map.of(), List.of(new Problem(file.toString(), "", reason)));
  }
}
