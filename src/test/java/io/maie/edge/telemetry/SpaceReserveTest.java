package io.maie.edge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpaceReserveTest {
  @TempDir private Path folder;

  @Test
  void theReserveIsGivenAwayOnceAndMadeAgain() throws IOException {
    Path file = folder.resolve("reserve");
    SpaceReserve reserve = new SpaceReserve(file);
    assertThat(reserve.release()).isFalse();

    reserve.keep();
    assertThat(Files.size(file)).isEqualTo(65_536);
    assertThat(reserve.release()).isTrue();
    assertThat(file).doesNotExist();

    reserve.keep();
    assertThat(file).exists();
  }

  @Test
  void aFolderThatIsGoneStopsNothing() throws IOException {
    SpaceReserve reserve = new SpaceReserve(folder.resolve("gone/reserve"));

    reserve.keep();

    assertThat(reserve.release()).isFalse();
  }
}
