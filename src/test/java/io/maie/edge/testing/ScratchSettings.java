package io.maie.edge.testing;

import io.maie.edge.config.SettingsSources;
import java.nio.file.Path;
import java.util.Map;

/** Settings of installations that tests make. */
public final class ScratchSettings {
  private ScratchSettings() {}

  /** The sources of a program that is started without options. */
  public static SettingsSources of(Path installation, Map<String, String> environment) {
    return new SettingsSources(installation, environment, null, null, null, Map.of());
  }
}
