package io.maie.edge.diarization;

import java.io.IOException;
import java.util.List;

/** The persons whose voices may be recognised. */
@FunctionalInterface
public interface KnownVoices {

  /** Their voices; asked once per recording. */
  List<Voiceprint> list() throws IOException;

  /** Nobody is recognised. */
  static KnownVoices disabled() {
    return List::of;
  }
}
