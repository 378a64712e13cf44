package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of telling speakers apart. */
final class DiarizationKeys {
  static final Setting<Boolean> KNOWN_VOICES =
      open(
          "diarization.known_voices",
          SettingTypes.flag(),
          false,
          "Name speakers whose voices were stored with 'maie-edge speakers enroll'.");

  static final Setting<Optional<Path>> VOICES_FOLDER =
      open(
          "diarization.voices_folder",
          SettingTypes.orOff(SettingTypes.path()),
          Optional.empty(),
          "Name speakers by samples in this folder, such as voices: NAME.wav, or NAME-1.wav and"
              + " NAME-2.wav. A sample of a voice is personal data.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL = List.of(KNOWN_VOICES, VOICES_FOLDER);

  private DiarizationKeys() {}
}
