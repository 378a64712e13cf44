package io.maie.edge.http;

import io.maie.edge.failure.FailureCode;

/** The status of HTTP for each reason why a recording failed. */
final class FailureStatus {
  private FailureStatus() {}

  static int of(FailureCode code) {
    if (code.scope() == FailureCode.Scope.INSTALLATION) {
      return 503;
    }
    return switch (code) {
      case NO_AUDIO_STREAM, UNSUPPORTED_CODEC, DRM_PROTECTED -> 415;
      case FILE_TOO_LARGE -> 413;
      case CANCELLED -> 409;
      case STAGE_TIMEOUT -> 504;
      case EMPTY_FILE,
          INCOMPLETE_FILE,
          AUDIO_DECODE_ERROR,
          AUDIO_TOO_SHORT,
          AUDIO_TOO_LONG,
          INVALID_PARAMETERS,
          LANGUAGE_UNSUPPORTED ->
          422;
      default -> 500;
    };
  }
}
