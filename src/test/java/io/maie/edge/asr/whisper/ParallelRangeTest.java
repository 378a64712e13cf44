package io.maie.edge.asr.whisper;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParallelRangeTest {

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 5", "3, 3", "8, 2", "2, 1", "2, 0"})
  void everyPartIsDoneOnce(int size, int count) {
    AtomicIntegerArray done = new AtomicIntegerArray(count);

    new ParallelRange(size).each(count, done::incrementAndGet);

    for (int part = 0; part < count; part++) {
      assertThat(done.get(part)).isEqualTo(1);
    }
  }

  @Test
  void neverMoreThreadsThanAllowedWorkAtOnce() throws Exception {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    // streams take the threads of the pool that they are started in: more than may work here
    ForkJoinPool pool = new ForkJoinPool(8);
    try {
      pool.submit(() -> new ParallelRange(2).each(16, part -> work(working, most)))
          .get(30, SECONDS);
    } finally {
      pool.shutdownNow();
    }

    assertThat(most).hasValue(2);
  }

  /** Waits until another part is at work, so that further ones would begin meanwhile. */
  private static void work(AtomicInteger working, AtomicInteger most) {
    most.accumulateAndGet(working.incrementAndGet(), Math::max);
    await().atMost(30, SECONDS).until(() -> most.get() >= 2);
    working.decrementAndGet();
  }

  @Test
  void oneAloneWorksOnTheThreadThatAsked() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    new ParallelRange(1).each(20, part -> threads.add(Thread.currentThread()));

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aFailureInOnePartReachesTheCaller() {
    ParallelRange parallel = new ParallelRange(2);

    assertThatThrownBy(
            () ->
                parallel.each(
                    4,
                    part -> {
                      throw new IllegalStateException("part");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
