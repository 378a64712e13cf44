package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CrewTest {

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 5", "3, 3", "8, 2", "2, 1", "2, 0"})
  void everyPartIsDoneOnce(int size, int count) {
    AtomicIntegerArray done = new AtomicIntegerArray(count);

    new Crew(size).each(count, done::incrementAndGet);

    for (int part = 0; part < count; part++) {
      assertThat(done.get(part)).isEqualTo(1);
    }
  }

  @Test
  void neverMoreThreadsThanAllowedWorkAtOnce() {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    new Crew(2)
        .each(
            40,
            part -> {
              most.accumulateAndGet(working.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              working.decrementAndGet();
            });

    assertThat(most).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void oneAloneWorksOnTheThreadThatAsked() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    new Crew(1).each(20, part -> threads.add(Thread.currentThread()));

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void whatGoesWrongInAPartIsTold() {
    Crew crew = new Crew(2);

    assertThatThrownBy(
            () ->
                crew.each(
                    4,
                    part -> {
                      throw new IllegalStateException("part");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
