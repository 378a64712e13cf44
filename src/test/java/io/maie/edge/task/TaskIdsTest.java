package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TaskIdsTest {
  private final ManualTicker time = new ManualTicker();

  @Test
  void idsSortByTimeAlsoWithinAMillisecond() {
    TaskIds ids = new TaskIds(time, new Random(1));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      made.add(ids.next());
      if (i % 5_000 == 0) {
        time.advance(Duration.ofMillis(1));
      }
    }

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeIdsGoBack() {
    Instant[] now = {Instant.parse("2026-05-01T00:00:00Z")};
    TaskIds ids = new TaskIds(() -> now[0], new Random(1));
    String first = ids.next();
    now[0] = Instant.parse("2016-05-01T00:00:00Z");

    assertThat(ids.next()).isGreaterThan(first);
  }

  @Test
  void anIdIsAUuidOfVersion7ThatTellsItsTime() {
    UUID id = UUID.fromString(new TaskIds(time, new Random(1)).next());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.millis());
  }
}
