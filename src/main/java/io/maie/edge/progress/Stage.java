package io.maie.edge.progress;

/** The steps of a task that take time, in the order they run. */
public enum Stage {
  DECODE("decode", "PREPROCESSING"),
  VAD("vad", "PREPROCESSING"),
  ASR("asr", "PROCESSING_ASR"),
  DIARIZATION("diarization", "PROCESSING_ASR"),
  TEXT("text", "PROCESSING_LLM"),
  PUBLISH("publish", "PROCESSING_ASR");

  private final String label;
  private final String status;

  Stage(String label, String status) {
    this.label = label;
    this.status = status;
  }

  /** The word used in documents, logs and status. */
  public String label() {
    return label;
  }

  /** The task status that consumers of the status document know this stage by. */
  public String status() {
    return status;
  }
}
