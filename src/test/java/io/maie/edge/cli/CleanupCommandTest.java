package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.RetentionFolders;
import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.retention.RetentionPlanner;
import io.maie.edge.retention.WallClockAges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleanupCommandTest {
  @TempDir private Path home;
  private FakeProgram program = new FakeProgram(Path.of("."));
  private Shell shell = new Shell(program, false);

  @BeforeEach
  void layOutAnArchiveThatIsDue() throws IOException {
    Files.createDirectories(home.resolve("archive"));
    Files.writeString(home.resolve("archive/alt für Anna.wav"), "12345");
    program = new FakeProgram(home);
    program.cleanup = cleanup(Instant.now().plus(Duration.ofDays(8)));
    shell = new Shell(program, false);
  }

  @Test
  void aDryRunListsWhatWouldGoAndDeletesNothing() {
    assertThat(shell.type("cleanup", "--dry-run")).isZero();

    assertThat(shell.out()).contains("5 B", "alt für Anna.wav", "1 would be deleted, 5 B");
    assertThat(home.resolve("archive/alt für Anna.wav")).exists();
  }

  @Test
  void withoutItTheSameIsDeleted() {
    assertThat(shell.type("cleanup")).isZero();

    assertThat(shell.out()).contains("alt für Anna.wav", "1 deleted, 5 B");
    assertThat(home.resolve("archive/alt für Anna.wav")).doesNotExist();
  }

  @Test
  void aWrongClockRefusesToDelete() throws IOException {
    program.cleanup = cleanup(Instant.EPOCH);

    assertThat(shell.type("cleanup")).isEqualTo(75);

    assertThat(shell.err()).contains("clock");
    assertThat(home.resolve("archive/alt für Anna.wav")).exists();
  }

  private Cleanup cleanup(Instant now) throws IOException {
    Path real = home.toRealPath();
    return new Cleanup(
        new RetentionFolders(
            real.resolve("archive"),
            real.resolve("failed"),
            real.resolve("work"),
            real.resolve("outbox"),
            real.resolve("state"),
            real.resolve("state/logs/maie-edge.log")),
        new RetentionPlanner(RetentionOptions.DEFAULTS, Instant.parse("2026-01-01T00:00:00Z")),
        (area, path) -> false,
        () -> new WallClockAges(now));
  }
}
