package io.maie.edge.task;

import io.maie.edge.failure.FailureCode;

/** Which failures of a recording may go away by themselves. */
final class RetryRule {
  private RetryRule() {}

  static boolean mayHelp(FailureCode code) {
    return switch (code) {
      case STAGE_TIMEOUT, MODEL_MEMORY_ERROR, FILE_SYSTEM_ERROR -> true;
      case EMPTY_FILE,
          NO_AUDIO_STREAM,
          INCOMPLETE_FILE,
          UNSUPPORTED_CODEC,
          DRM_PROTECTED,
          AUDIO_DECODE_ERROR,
          AUDIO_TOO_SHORT,
          AUDIO_TOO_LONG,
          FILE_TOO_LARGE,
          INVALID_PARAMETERS,
          ASR_PROCESSING_ERROR,
          LLM_PROCESSING_ERROR,
          PROCESSING_ERROR,
          CANCELLED,
          POISON_FILE,
          PERMISSION_DENIED,
          MODEL_MISSING,
          MODEL_LOAD_ERROR,
          DECODER_MISSING,
          DISK_FULL,
          FOLDER_UNAVAILABLE ->
          false;
    };
  }
}
