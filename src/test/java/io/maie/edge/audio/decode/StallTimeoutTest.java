package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class StallTimeoutTest {
  private final ManualTicker time = new ManualTicker();
  private final CompletableFuture<String> work = new CompletableFuture<>();
  private final StallTimeout timeout = new StallTimeout(time, Duration.ofSeconds(3), "ffmpeg");

  @Test
  void workThatIsSilentForTooLongIsGivenUp() {
    ProcessingException failure =
        catchThrowableOfType(
            ProcessingException.class,
            () -> timeout.await(work, looking(() -> time.advance(Duration.ofSeconds(1)))));

    assertThat(failure.code()).isEqualTo(FailureCode.STAGE_TIMEOUT);
  }

  /** With it the work was suspended: the look after it is the first that could find anything. */
  @Test
  void aSuspensionOfTheWholeMachineIsNoStall() throws Exception {
    String result =
        timeout.await(
            work,
            looking(
                () -> {
                  if (time.nanos() == 0) {
                    time.advance(Duration.ofHours(8));
                  } else {
                    work.complete("done");
                  }
                }));

    assertThat(result).isEqualTo("done");
  }

  private static StallTimeout.Look looking(Runnable look) {
    return new StallTimeout.Look() {
      @Override
      public void throwIfStopped() {
        look.run();
      }

      @Override
      public void moved() {}
    };
  }
}
