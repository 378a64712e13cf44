package io.maie.edge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.telemetry.DiskLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DiskMonitorTest {
  private long free = 500;
  private boolean broken;
  private final DiskMonitor monitor =
      new DiskMonitor(
          Map.of("inbox", Path.of("inbox")),
          new DiskRules(100, 0.05, 0.8),
          folder -> {
            if (broken) {
              throw new IOException("gone");
            }
            return new DiskMonitor.Space(free, 1000);
          });

  @Test
  void spaceIsFineThenFillingThenShort() {
    assertThat(look(500)).isEqualTo(DiskLevel.FINE);
    assertThat(look(150)).isEqualTo(DiskLevel.FILLING);
    assertThat(look(99)).isEqualTo(DiskLevel.SHORT);
  }

  @Test
  void shortSpaceStaysShortUntilATenthMoreThanRequiredIsFree() {
    look(99);

    assertThat(look(105)).isEqualTo(DiskLevel.SHORT);
    assertThat(look(110)).isEqualTo(DiskLevel.FILLING);
    assertThat(look(105)).isEqualTo(DiskLevel.FILLING);
  }

  @Test
  void theLargerOfBytesAndShareIsRequired() {
    assertThat(new DiskRules(100, 0.05, 0.8).minFree(1000)).isEqualTo(100);
    assertThat(new DiskRules(100, 0.05, 0.8).minFree(10_000)).isEqualTo(500);
  }

  @Test
  void shortSpaceSaysHowMuchToFree() {
    free = 40;

    assertThat(monitor.look()).singleElement().extracting(DiskState::bytesToFree).isEqualTo(70L);
  }

  @Test
  void aFolderThatCannotBeLookedAtIsLeftOut() {
    broken = true;

    assertThat(monitor.look()).isEmpty();
  }

  private DiskLevel look(long freeBytes) {
    free = freeBytes;
    return monitor.look().get(0).level();
  }
}
