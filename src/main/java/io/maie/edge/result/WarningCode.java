package io.maie.edge.result;

/** What a result warns of; stable words that consumers may test for. */
public enum WarningCode {
  /** One of the small models that ship with the program made this result. */
  STARTER_MODEL,
  /** The container declared more audio than could be decoded. */
  INCOMPLETE_AUDIO,
  /** The decoder met damaged data and went on behind it. */
  DECODE_ERRORS,
  /** Something was asked for that this installation cannot serve; it was skipped. */
  FEATURE_UNAVAILABLE,
  /** Voice activity detection failed; the whole recording was recognised instead. */
  VAD_FAILED,
  /** The model does not know the language that was asked for. */
  LANGUAGE_UNSUPPORTED,
  /** A sidecar arrived after its recording had been published. */
  SIDECAR_LATE
}
