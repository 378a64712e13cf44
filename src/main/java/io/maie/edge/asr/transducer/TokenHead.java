package io.maie.edge.asr.transducer;

/** Heads that turn encoded frames into tokens. A hybrid model has both. */
public enum TokenHead {
  /** The transducer if the model has one, else CTC. */
  AUTO,
  CTC,
  TRANSDUCER;

  /**
   * The head that a model is used with: this one if the model has it, else the one that its
   * manifest names.
   *
   * @param named by the manifest, one that the model has, or {@link #AUTO}
   * @return CTC or TRANSDUCER
   */
  public TokenHead of(TokenHead named, boolean hasCtc, boolean hasTransducer) {
    if ((this == CTC && hasCtc) || (this == TRANSDUCER && hasTransducer)) {
      return this;
    }
    if (named != AUTO) {
      return named;
    }
    return hasTransducer ? TRANSDUCER : CTC;
  }
}
