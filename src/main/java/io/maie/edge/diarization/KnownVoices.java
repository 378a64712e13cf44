package io.maie.edge.diarization;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The persons whose voices may be recognised. */
@FunctionalInterface
public interface KnownVoices {

  /** Their voices; asked once per recording. */
  List<Voiceprint> list() throws IOException;

  /** The voices of all of them. */
  static KnownVoices all(List<KnownVoices> several) {
    return () -> {
      List<Voiceprint> voices = new ArrayList<>();
      for (KnownVoices known : several) {
        voices.addAll(known.list());
      }
      return voices;
    };
  }
}
