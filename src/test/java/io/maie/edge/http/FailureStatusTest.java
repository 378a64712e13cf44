package io.maie.edge.http;

import static io.maie.edge.failure.FailureCode.AUDIO_DECODE_ERROR;
import static io.maie.edge.failure.FailureCode.AUDIO_TOO_LONG;
import static io.maie.edge.failure.FailureCode.AUDIO_TOO_SHORT;
import static io.maie.edge.failure.FailureCode.CANCELLED;
import static io.maie.edge.failure.FailureCode.DRM_PROTECTED;
import static io.maie.edge.failure.FailureCode.EMPTY_FILE;
import static io.maie.edge.failure.FailureCode.FILE_TOO_LARGE;
import static io.maie.edge.failure.FailureCode.INCOMPLETE_FILE;
import static io.maie.edge.failure.FailureCode.INVALID_PARAMETERS;
import static io.maie.edge.failure.FailureCode.LANGUAGE_UNSUPPORTED;
import static io.maie.edge.failure.FailureCode.NO_AUDIO_STREAM;
import static io.maie.edge.failure.FailureCode.STAGE_TIMEOUT;
import static io.maie.edge.failure.FailureCode.UNSUPPORTED_CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statuses that docs/API.md promises for failures. */
final class FailureStatusTest {
  private static final Map<Integer, Set<FailureCode>> PROMISED =
      Map.of(
          415,
          Set.of(NO_AUDIO_STREAM, UNSUPPORTED_CODEC, DRM_PROTECTED),
          413,
          Set.of(FILE_TOO_LARGE),
          409,
          Set.of(CANCELLED),
          504,
          Set.of(STAGE_TIMEOUT),
          422,
          Set.of(
              EMPTY_FILE,
              INCOMPLETE_FILE,
              AUDIO_DECODE_ERROR,
              AUDIO_TOO_SHORT,
              AUDIO_TOO_LONG,
              INVALID_PARAMETERS,
              LANGUAGE_UNSUPPORTED));

  @ParameterizedTest
  @EnumSource
  void faultsOfTheRecordingAreTheClientsAndOthersAreOurs(FailureCode code) {
    Map<FailureCode, Integer> promised = new EnumMap<>(FailureCode.class);
    PROMISED.forEach((status, codes) -> codes.forEach(one -> promised.put(one, status)));
    int other = code.scope() == FailureCode.Scope.INSTALLATION ? 503 : 500;

    assertThat(FailureStatus.of(code)).isEqualTo(promised.getOrDefault(code, other));
  }
}
