package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HangGuardTest {
  private final HangGuard guard =
      guard(Path.of("/mnt/share"), Duration.ofMillis(50), Ticker.system());

  private static HangGuard guard(Path folder, Duration limit, Ticker ticker) {
    return new HangGuard(folder, limit, ticker, FuseServers.ofThisMachine());
  }

  @Test
  void aFolderThatAnswersIsAsked() throws IOException {
    assertThat(guard.<String>call(() -> "answer")).isEqualTo("answer");
    assertThatThrownBy(
            () ->
                guard.call(
                    () -> {
                      throw new NoSuchFileException("x");
                    }))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** The waiting thread itself gets its turn a second late each time. */
  @Test
  void aFolderOnABusyMachineIsNotCalledHanging() throws IOException {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicLong now = new AtomicLong();
    Ticker late =
        () -> {
          if (now.get() > Duration.ofSeconds(4).toNanos()) {
            answer.countDown();
          }
          return now.getAndAdd(Duration.ofSeconds(1).toNanos());
        };
    HangGuard patient = guard(Path.of("/srv/inbox"), Duration.ofSeconds(1), late);

    assertThat(patient.<String>call(() -> answered(answer))).isEqualTo("answer");
  }

  private static String answered(CountDownLatch answer) throws IOException {
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return "answer";
  }

  @Test
  void aFolderThatHangsIsGivenUpAndNotAskedAgainUntilItAnswers() throws IOException {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    HangGuard.Call<Integer> call =
        () -> {
          int number = asked.incrementAndGet();
          try {
            answer.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return number;
        };

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> guard.call(call))
          .isInstanceOfSatisfying(
              IOException.class,
              e -> assertThat(StorageFailure.of(e)).isEqualTo(StorageFailure.DISCONNECTED));
    }
    assertThat(asked).hasValue(1);

    answer.countDown();
    await().ignoreExceptions().until(() -> guard.call(call) >= 2);
  }
}
