package io.maie.edge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusFilesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @TempDir private Path home;
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private final ManualTicker time = new ManualTicker();
  private Path outbox = Path.of("");
  private StatusFiles files =
      new StatusFiles(
          outbox, new StatusFiles.SharedFolder(outbox, () -> {}), INTERVAL, time, CLOCK);

  @BeforeEach
  void prepare() {
    outbox = home.resolve("outbox");
    files =
        new StatusFiles(
            home, new StatusFiles.SharedFolder(outbox, () -> {}), INTERVAL, time, CLOCK);
  }

  @Test
  void anOutboxThatCannotBeWrittenDoesNotWearOutTheDiskOfTheState() throws IOException {
    files.offer(status("IDLE"));
    Object written = Files.getAttribute(home.resolve(StatusFiles.JSON_NAME), "unix:ino");

    time.advance(INTERVAL);
    files.offer(status("IDLE"));

    assertThat(Files.getAttribute(home.resolve(StatusFiles.JSON_NAME), "unix:ino"))
        .as("written again")
        .isEqualTo(written);
  }

  @Test
  void aStatusThatSomebodyDeletedComesBackWithoutNews() throws IOException {
    Files.createDirectory(outbox);
    files.offer(status("IDLE"));
    Files.delete(outbox.resolve(StatusFiles.TEXT_NAME));

    files.offer(status("IDLE"));
    assertThat(outbox.resolve(StatusFiles.TEXT_NAME)).doesNotExist();

    time.advance(INTERVAL);
    files.offer(status("IDLE"));
    assertThat(outbox.resolve(StatusFiles.TEXT_NAME)).exists();
  }

  @Test
  void anUnwrittenStatusIsWrittenOnceTheDiskAllows() throws IOException {
    files.offer(status("IDLE"));
    Files.createDirectory(outbox);

    files.offer(status("IDLE"));
    assertThat(outbox).isEmptyDirectory();

    time.advance(INTERVAL);
    files.offer(status("IDLE"));
    assertThat(outbox.resolve(StatusFiles.TEXT_NAME)).exists();
  }

  @Test
  void newsAreWrittenAMomentLater() throws IOException {
    Files.createDirectory(outbox);
    files.offer(status("IDLE"));

    files.offer(status("PAUSED"));
    assertThat(home.resolve(StatusFiles.JSON_NAME)).content().contains("IDLE");

    time.advance(INTERVAL);
    files.offer(status("PAUSED"));
    assertThat(home.resolve(StatusFiles.JSON_NAME)).content().contains("PAUSED");
  }

  @Test
  void aTurnOfHealthIsWrittenAtOnce() throws IOException {
    Files.createDirectory(outbox);
    files.offer(status("IDLE"));

    files.offer(status("BLOCKED"));
    assertThat(home.resolve(StatusFiles.HEALTH_NAME)).content().startsWith("unhealthy");

    files.offer(status("IDLE"));
    assertThat(home.resolve(StatusFiles.HEALTH_NAME)).content().startsWith("healthy");
  }

  @Test
  void theTextSaysWhenItWasWritten() throws IOException {
    Files.createDirectory(outbox);

    files.write(status("IDLE"));

    assertThat(outbox.resolve(StatusFiles.TEXT_NAME))
        .content()
        .contains("Written at 2026-03-04 05:06:07 +00:00");
    assertThat(home.resolve(StatusFiles.STATE_TEXT_NAME))
        .hasSameTextualContentAs(outbox.resolve(StatusFiles.TEXT_NAME));
    assertThat(home.resolve(StatusFiles.HEALTH_NAME)).hasContent("healthy: IDLE\n");
  }

  @Test
  void aPauseIsNotSaidToBeTheOperatorsUnlessTheReasonSaysSo() throws IOException {
    Files.createDirectory(outbox);

    files.write(status("PAUSED"));

    assertThat(outbox.resolve(StatusFiles.TEXT_NAME))
        .content()
        .contains("Paused. Recordings wait in the inbox.")
        .doesNotContainIgnoringCase("operator");
  }

  @Test
  void theHeartbeatIsTouchedAndNotRewritten() throws IOException {
    files.beat();
    Path heartbeat = home.resolve(StatusFiles.HEARTBEAT_NAME);
    Object file = Files.getAttribute(heartbeat, "unix:ino");
    Files.setLastModifiedTime(heartbeat, FileTime.from(Instant.EPOCH));

    time.advance(Duration.ofSeconds(9));
    files.beat();
    assertThat(Files.getLastModifiedTime(heartbeat).toInstant()).isEqualTo(Instant.EPOCH);

    time.advance(Duration.ofSeconds(1));
    files.beat();
    assertThat(Files.getLastModifiedTime(heartbeat).toInstant()).isEqualTo(NOW);
    assertThat(Files.getAttribute(heartbeat, "unix:ino")).isEqualTo(file);
  }

  @Test
  void theStatusStaysTrueOnADiskWithoutRoom() throws Exception {
    try (ScratchVolume volume = ScratchVolume.inMemory(home, "size=256k")) {
      Path state = Files.createDirectory(volume.folder().resolve("state"));
      outbox = Files.createDirectory(volume.folder().resolve("outbox"));
      files =
          new StatusFiles(
              state, new StatusFiles.SharedFolder(outbox, () -> {}), INTERVAL, time, CLOCK);
      files.write(status("IDLE"));

      for (String news : List.of("PAUSED", "BLOCKED", "IDLE", "BLOCKED", "PAUSED")) {
        volume.fill();
        files.write(status(news));

        assertThat(state.resolve(StatusFiles.JSON_NAME)).content().contains(news).endsWith("}");
        assertThat(outbox.resolve(StatusFiles.TEXT_NAME))
            .hasSameTextualContentAs(state.resolve(StatusFiles.STATE_TEXT_NAME));
        assertThat(state.resolve(StatusFiles.HEALTH_NAME))
            .content()
            .startsWith(news.equals("BLOCKED") ? "unhealthy" : "healthy");
      }
    }
  }

  @Test
  void theStatusStaysTrueInAnOutboxWithoutRoom() throws Exception {
    try (ScratchVolume volume = ScratchVolume.inMemory(home, "size=2m")) {
      newsAreToldIn(volume);
    }
  }

  @Test
  void theStatusStaysTrueInAnOutboxWhoseQuotaIsUsedUp() throws Exception {
    try (ScratchVolume volume = ScratchVolume.withQuota(home.resolve("volume"), "2M")) {
      newsAreToldIn(volume);
    }
  }

  /** The state folder lies elsewhere, and has room. */
  private void newsAreToldIn(ScratchVolume volume) throws IOException {
    outbox = volume.folder();
    files =
        new StatusFiles(
            home, new StatusFiles.SharedFolder(outbox, () -> {}), INTERVAL, time, CLOCK);
    files.write(status("IDLE"));
    volume.fill();

    for (String news : List.of("PAUSED", "BLOCKED", "IDLE", "BLOCKED", "PAUSED")) {
      files.write(status(news));

      assertThat(home.resolve(StatusFiles.JSON_NAME)).content().contains(news);
      assertThat(outbox.resolve(StatusFiles.TEXT_NAME))
          .hasSameTextualContentAs(home.resolve(StatusFiles.STATE_TEXT_NAME));
    }
  }

  private static Status status(String state) {
    return new Status(
        LifeState.valueOf(state),
        "1.2.3",
        1,
        Instant.EPOCH,
        null,
        List.of(),
        List.of(),
        0,
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Status.Scan(true, 15, null),
        Status.NextDeletions.NONE,
        new Status.Counts(0, 0, 0, 0, 0, Map.of(), List.of()));
  }
}
