package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  @TempDir private Path state;

  @Test
  void entriesComeBackInOrder() throws IOException {
    History history = new History(state);
    history.append(entry("1"));
    history.append(entry("2"));

    assertThat(history.recent(10_000)).containsExactly(entry("1"), entry("2"));
  }

  @Test
  void aTaskThatHasEndedIsFoundAndNoOther() throws IOException {
    new History(state).append(entry("1"));
    new History(state).append(entry("12"));

    assertThat(new History(state).find("1")).contains(entry("1"));
    assertThat(new History(state).find("2")).isEmpty();
  }

  @Test
  void aTornLastLineIsSkippedAndDoesNotSpoilTheNext() throws IOException {
    History history = new History(state);
    history.append(entry("1"));
    Files.writeString(
        state.resolve("history.jsonl"), "{\"schema_version\":1,\"at", StandardOpenOption.APPEND);

    history.append(entry("2"));

    assertThat(history.recent(10_000)).containsExactly(entry("1"), entry("2"));
  }

  @Test
  void onlyTheEndIsRead() throws IOException {
    History history = new History(state);
    for (int i = 0; i < 100; i++) {
      history.append(entry("task-" + i));
    }

    List<HistoryEntry> recent = history.recent(1_000);

    assertThat(recent).hasSizeBetween(1, 20);
    assertThat(recent.get(recent.size() - 1)).isEqualTo(entry("task-99"));
  }

  @Test
  void aFullFileMakesRoomForANewOne() throws IOException {
    History history = new History(state);
    history.append(entry("1"));
    Files.write(state.resolve("history.jsonl"), new byte[8_000_001], StandardOpenOption.APPEND);

    history.append(entry("2"));

    assertThat(state.resolve("history.1.jsonl")).exists();
    assertThat(history.recent(10_000)).containsExactly(entry("2"));
  }

  @Test
  void withoutAFileThereIsNoHistory() throws IOException {
    assertThat(new History(state).recent(10_000)).isEmpty();
  }

  private static HistoryEntry entry(String id) {
    return new HistoryEntry(
        Instant.parse("2026-01-02T03:04:05Z"),
        id,
        "größe.wav",
        null,
        null,
        List.of("größe.wav.json"),
        new TaskFigures(61.2, 9.8, Map.of("asr", 8.5)),
        1);
  }
}
