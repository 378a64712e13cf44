package io.maie.edge.request;

import java.util.Locale;

/** The family of speech recognition models to use. */
public enum AsrBackend {
  AUTO,
  CTC,
  WHISPER,
  MOONSHINE,
  TRANSDUCER,
  CHUNKFORMER;

  /** The word in parameters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
