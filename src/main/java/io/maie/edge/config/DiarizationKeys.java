package io.maie.edge.config;

import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of telling speakers apart. */
final class DiarizationKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Boolean> KNOWN_VOICES =
      KEYS.open(
          "diarization.known_voices",
          Types.flag(),
          false,
          "Name speakers whose voices were stored with 'maie-edge speakers enroll'.");

  static final Key<Optional<Path>> VOICES_FOLDER =
      KEYS.open(
          "diarization.voices_folder",
          Types.orOff(SettingTypes.path()),
          Optional.empty(),
          "Name speakers by samples in this folder, such as voices: NAME.wav, or NAME-1.wav and"
              + " NAME-2.wav. A sample of a voice is personal data.");

  private DiarizationKeys() {}
}
