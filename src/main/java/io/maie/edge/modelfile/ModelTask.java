package io.maie.edge.modelfile;

import java.util.Locale;

/** Task of a model. */
public enum ModelTask {
  /** Speech recognition. */
  ASR,
  /** Voice activity detection. */
  VAD,
  /** Tells which speakers of a short window talk when. */
  SPEAKER_SEGMENTATION,
  /** A vector of the voice. */
  SPEAKER_EMBEDDING,
  /** Summaries, by a language model. */
  TEXT;

  /** The word in manifests and in output for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
