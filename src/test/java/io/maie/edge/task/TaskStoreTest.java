package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TaskStoreTest extends TaskScenario {
  /** The look is that of 'maie-edge cancel' while the daemon saves the task. */
  @Test
  void lookingForATaskRemovesNothingThatIsBeingWritten() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Path halfWritten = DurableFiles.temporaryIn(spool.store.folder(task).path());
    Files.writeString(halfWritten, "{");

    assertThat(spool.store.holds("a.wav")).isTrue();
    assertThat(halfWritten).exists();
  }
}
