package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by the release that introduced this form of {@code task.json}. */
final class TaskFileTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/tasks");
  private static final String ID = "01990f6e-3c21-7abc-8def-0123456789ab";

  @TempDir private Path work;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claimed",
        "claimed-by-api",
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
    TaskRecord task = store.read(ID);
    Files.delete(file);

    store.save(task);

    assertThat(file).hasBinaryContent(golden);
  }
}
