package io.maie.edge.failure;

/**
 * Why a recording failed, or why the installation cannot work. Constants are stable words: they are
 * written to failure documents, counted, and never renamed.
 */
public enum FailureCode {
  EMPTY_FILE(Scope.RECORDING, "The file is empty or holds a header without any sound."),
  NO_AUDIO_STREAM(Scope.RECORDING, "The file holds no sound that can be found."),
  INCOMPLETE_FILE(Scope.RECORDING, "The file declares more data than has arrived."),
  UNSUPPORTED_CODEC(Scope.RECORDING, "The sound is stored in a way that cannot be decoded."),
  DRM_PROTECTED(Scope.RECORDING, "The recording is copy-protected."),
  AUDIO_DECODE_ERROR(Scope.RECORDING, "The sound could not be decoded."),
  AUDIO_TOO_SHORT(Scope.RECORDING, "The recording is shorter than the configured minimum."),
  AUDIO_TOO_LONG(Scope.RECORDING, "The recording is longer than the configured maximum."),
  FILE_TOO_LARGE(Scope.RECORDING, "The file is larger than the configured maximum."),
  INVALID_PARAMETERS(Scope.RECORDING, "A parameter of this recording is not valid."),
  ASR_PROCESSING_ERROR(Scope.RECORDING, "Speech recognition failed."),
  LLM_PROCESSING_ERROR(Scope.RECORDING, "Text processing failed."),
  MODEL_MEMORY_ERROR(Scope.RECORDING, "A model ran out of memory on this recording."),
  PROCESSING_ERROR(Scope.RECORDING, "Processing failed unexpectedly."),
  STAGE_TIMEOUT(Scope.RECORDING, "A stage made no progress, or the task took too long."),
  CANCELLED(Scope.RECORDING, "The operator cancelled the task."),
  POISON_FILE(Scope.RECORDING, "The recording brought the program down repeatedly."),
  FILE_SYSTEM_ERROR(Scope.RECORDING, "The recording could not be read or moved."),
  PERMISSION_DENIED(Scope.RECORDING, "The recording may not be read or moved."),
  MODEL_MISSING(Scope.INSTALLATION, "A model that is needed is not installed."),
  MODEL_LOAD_ERROR(Scope.INSTALLATION, "A model is damaged or cannot be loaded."),
  DECODER_MISSING(Scope.INSTALLATION, "The ffmpeg or ffprobe program is missing or does not run."),
  DISK_FULL(Scope.INSTALLATION, "There is not enough free disk space to go on."),
  FOLDER_UNAVAILABLE(Scope.INSTALLATION, "A folder is missing or cannot be written.");

  /** Whose fault a failure is, and so what happens to the recording. */
  public enum Scope {
    /** The recording's: it goes to quarantine with an explanation. */
    RECORDING,
    /** The installation's: claiming stops, health fails, and recordings stay where they are. */
    INSTALLATION
  }

  private final Scope scope;
  private final String sentence;

  FailureCode(Scope scope, String sentence) {
    this.scope = scope;
    this.sentence = sentence;
  }

  public Scope scope() {
    return scope;
  }

  /** One sentence for the operator that holds for every failure with this code. */
  public String sentence() {
    return sentence;
  }
}
