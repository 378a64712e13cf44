package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files hold one task in each state, as earlier versions of the program wrote it. */
final class TaskFileTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/tasks");
  private static final String ID = "01990f6e-3c21-7abc-8def-0123456789ab";

  @TempDir private Path work;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claimed",
        "claimed-by-api",
        "claimed-by-request",
        "claimed-paused",
        "finished",
        "finished-published",
        "failed",
        "failed-at-claim",
        "returned"
      })
  void aTaskIsWrittenByteForByteAsItWasRead(String state) throws IOException {
    TaskStore store = new TaskStore(work, FaultPoint.disabled());
    byte[] golden = Files.readAllBytes(GOLDEN.resolve(state + ".json"));
    Path file = Files.createDirectory(work.resolve(ID)).resolve(TaskFolder.RECORD_NAME);
    Files.write(file, golden);
    Task task = store.read(ID);
    Files.delete(file);

    store.save(task);

    assertThat(file).hasBinaryContent(golden);
  }

  /** As programs wrote it before they counted checkpoints and told folder from API. */
  @Test
  void aTaskOfTheFirstVersionContinues() throws IOException {
    String finished = Files.readString(GOLDEN.resolve("finished.json"));
    String first =
        finished.replaceAll(
            "(?m),?\\s*\"(step|checkpoint_bytes|memory_kills|door)\" : [^,}\\n]*", "");
    assertThat(first).contains("boot_id", "FINISHED").doesNotContain("checkpoint_bytes", "door");

    Task task = TaskFile.read(first.getBytes(StandardCharsets.UTF_8));

    assertThat(task).isInstanceOf(Task.Finished.class);
    assertThat(task.facts().attempts()).isNotEmpty();
  }

  @Test
  void aFailedTaskWithoutItsFailureIsDamaged() throws IOException {
    String failed = Files.readString(GOLDEN.resolve("failed-at-claim.json"));
    String without = failed.replaceAll("(?s)\"failure\" : \\{.*?\\},", "\"failure\" : null,");
    assertThat(without).isNotEqualTo(failed);

    assertThatThrownBy(() -> TaskFile.read(without.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("failure");
  }

  @Test
  void anAttemptThatEndedAtNoTimeIsDamaged() throws IOException {
    String finished = Files.readString(GOLDEN.resolve("finished.json"));
    String without = finished.replaceAll("\"ended_at\" : \"[^\"]*\"", "\"ended_at\" : null");
    assertThat(without).isNotEqualTo(finished);

    assertThatThrownBy(() -> TaskFile.read(without.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("attempt");
  }
}
