package io.maie.edge.http;

import io.maie.edge.failure.FailureCode;

/** The status of HTTP for each reason why a recording failed. */
final class FailureStatus {
  private FailureStatus() {}

  static int of(FailureCode code) {
    return switch (code) {
      case NO_AUDIO_STREAM, UNSUPPORTED_CODEC, DRM_PROTECTED -> 415;
      case FILE_TOO_LARGE -> 413;
      case CANCELLED -> 409;
      case EMPTY_FILE,
          INCOMPLETE_FILE,
          AUDIO_DECODE_ERROR,
          AUDIO_TOO_SHORT,
          AUDIO_TOO_LONG,
          INVALID_PARAMETERS,
          LANGUAGE_UNSUPPORTED ->
          422;
      case ASR_PROCESSING_ERROR,
          LLM_PROCESSING_ERROR,
          MODEL_MEMORY_ERROR,
          PROCESSING_ERROR,
          PROCESS_KILLED,
          POISON_FILE,
          FILE_SYSTEM_ERROR,
          PERMISSION_DENIED ->
          500;
      case MODEL_MISSING, MODEL_LOAD_ERROR, DECODER_MISSING, DISK_FULL, FOLDER_UNAVAILABLE -> 503;
      case STAGE_TIMEOUT -> 504;
    };
  }
}
