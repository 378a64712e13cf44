package io.maie.edge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;

  @Test
  void aStatusComesBackAsItWasWritten() throws IOException {
    Status status = status("WORKING");

    assertThat(StatusCodec.decode(StatusCodec.encode(status))).isEqualTo(status);
  }

  @Test
  void theDocumentNamesItsSchemaAndUsesSnakeCase() {
    String json = new String(StatusCodec.encode(status("IDLE")), StandardCharsets.UTF_8);

    assertThat(json).contains("\"schema_version\" : 1", "\"waiting_total\"", "\"eta_seconds\"");
    assertThat(json).doesNotContain("healthy");
  }

  @Test
  void anotherDocumentIsRefusedAsAStatus() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> StatusCodec.decode("{}".getBytes(StandardCharsets.UTF_8)));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> StatusCodec.decode("[1".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theTextTellsWhatRunsWaitsFailedAndGoesNext() {
    String text = StatusText.of(status("WORKING"), Instant.EPOCH);

    assertThat(text)
        .contains("talk.wav: 42 % (step asr), ready in about 7 min")
        .contains("WAITING (120)")
        .contains("next.wav: still growing, last change 3 s ago")
        .contains("and 119 more")
        .contains("bad.wav, 2026-01-02 03:04:05 +00:00, NO_AUDIO_STREAM: The file holds text")
        .contains("Cleanup deletes 3 files")
        .contains("first old.wav (archive)")
        .contains("model: damaged. Install it again");
  }

  @Test
  void everyFileThatIsLeftAloneStandsInTheText() {
    List<Status.Waiting> companions =
        IntStream.range(0, 300)
            .mapToObj(i -> new Status.Waiting(i + ".jpg", "IGNORED", "a companion", 1, 0, null))
            .toList();

    String text = StatusText.of(make("IDLE", List.of(), 0, companions, 1_300), Instant.EPOCH);

    assertThat(text)
        .contains("LEFT ALONE IN THE INBOX (1300)")
        .contains("  0.jpg: a companion", "  299.jpg: a companion", "and 1000 more");
  }

  @Test
  void namesCannotForgeLinesOfTheText() {
    Status.Waiting forged =
        new Status.Waiting("a\nLAST RESULTS\u2028\u202Ex.wav", "READY", "next\r\n", 1, 0, null);

    String text = StatusText.of(withWaiting(forged), Instant.EPOCH);

    assertThat(text).contains("  a?LAST RESULTS??x.wav: next??\n");
    assertThat(text.lines().filter(line -> line.startsWith("LAST RESULTS"))).hasSize(1);
  }

  @Test
  void aBlockedDaemonOrAFailingCheckIsNotHealthy() {
    assertThat(status("BLOCKED").isHealthy()).isFalse();
    assertThat(status("IDLE").isHealthy()).as("a check failed").isFalse();
  }

  @Test
  void filesAreWrittenOnlyWhenSomethingChangedAndNotTooOften() throws IOException {
    ManualTicker time = new ManualTicker();
    StatusFiles files =
        new StatusFiles(
            folder,
            new StatusFiles.SharedFolder(folder, () -> {}),
            Duration.ofSeconds(5),
            time,
            Instant::now);
    files.offer(status("IDLE"));
    Object first = key();

    time.advance(Duration.ofMinutes(1));
    files.offer(status("IDLE"));
    assertThat(key()).as("nothing new").isEqualTo(first);

    files.offer(status("WORKING"));
    Object second = key();
    assertThat(second).isNotEqualTo(first);

    files.offer(status("IDLE"));
    assertThat(key()).as("a moment later").isEqualTo(second);

    time.advance(Duration.ofSeconds(5));
    files.offer(status("IDLE"));
    assertThat(key()).isNotEqualTo(second);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoReasonToFail() throws IOException {
    Path gone = folder.resolve("gone");
    StatusFiles files =
        new StatusFiles(
            gone,
            new StatusFiles.SharedFolder(folder, () -> {}),
            Duration.ofSeconds(5),
            new ManualTicker(),
            Instant::now);

    files.write(status("IDLE"));
    Files.createDirectory(gone);
    files.write(status("IDLE"));

    assertThat(gone.resolve(StatusFiles.JSON_NAME)).exists();
    assertThat(folder.resolve(StatusFiles.TEXT_NAME)).exists();
  }

  private Object key() throws IOException {
    return Files.getAttribute(folder.resolve(StatusFiles.JSON_NAME), "unix:ctime");
  }

  private static Status withWaiting(Status.Waiting waiting) {
    return make("IDLE", List.of(waiting), 1);
  }

  private static Status status(String state) {
    Status.Waiting next =
        new Status.Waiting(
            "next.wav", "SETTLING", "still growing, last change 3 s ago", 9, 0, null);
    return make(state, List.of(next), 120);
  }

  private static Status make(String state, List<Status.Waiting> waiting, int total) {
    return make(state, waiting, total, List.of(), 0);
  }

  private static Status make(
      String state,
      List<Status.Waiting> waiting,
      int total,
      List<Status.Waiting> ignored,
      int ignoredTotal) {
    Status.Ended failure =
        new Status.Ended(
            TIME, "t2", "bad.wav", List.of(), null, null, "NO_AUDIO_STREAM", "The file holds text");
    Status.Ended result =
        new Status.Ended(TIME, "t1", "good.wav", List.of("good.wav.json"), 61.2, 9.8, null, null);
    return new Status(
        LifeState.valueOf(state),
        "1.0",
        4711,
        TIME,
        new Status.Running("t3", "talk.wav", "PROCESSING_ASR", "asr", 42, 420L, TIME, 600.0, 1),
        List.of(),
        waiting,
        total,
        ignored,
        ignoredTotal,
        List.of(result),
        List.of(failure),
        List.of(
            new Status.Disk("inbox", 5_000_000_000L, 9_000_000_000L, 200_000_000L, DiskLevel.FINE)),
        List.of(new Status.Model("small-en", "asr", true, true)),
        List.of(
            new Status.CheckResult("ffmpeg", Check.Level.OK, "version 6", null),
            new Status.CheckResult("model", Check.Level.FAILURE, "damaged", "Install it again")),
        new Status.Scan(true, 15, null),
        new Status.NextDeletions(3, 1_000_000, "old.wav (archive)", null),
        new Status.Counts(
            1,
            1,
            0,
            61.2,
            9.8,
            Map.of("AUDIO_TOO_LONG", 1L),
            List.of(new Status.StageTime("asr", 1, 8.5))));
  }
}
