package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import java.util.List;

/** The settings of telling speakers apart. */
final class DiarizationKeys {
  static final Setting<Boolean> KNOWN_VOICES =
      open(
          "diarization.known_voices",
          SettingTypes.flag(),
          false,
          "Name speakers whose voices were stored with 'maie-edge speakers enroll'.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL = List.of(KNOWN_VOICES);

  private DiarizationKeys() {}
}
