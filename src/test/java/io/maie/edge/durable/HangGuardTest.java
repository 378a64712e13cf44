package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HangGuardTest {
  private final HangGuard guard = new HangGuard(Path.of("/mnt/share"), Duration.ofMillis(50));

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
