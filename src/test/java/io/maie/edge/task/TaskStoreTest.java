package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TaskStoreTest extends TaskScenario {
  /** The removal meets another step of the beginning in each. */
  private static final int ROUNDS = 300;

  private static final int SECONDS = 20;

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

  /** The end of the process removes the work folder of a direct run while a task is begun in it. */
  @Test
  void aTaskNeverBringsBackAWorkFolderThatIsRemovedMeanwhile() throws Exception {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        Path work = Files.createDirectory(home.resolve("scratch" + i));
        TaskStore store = new TaskStore(work, FaultPoint.disabled());
        CyclicBarrier gate = new CyclicBarrier(2);
        Future<?> begun = threads.submit(() -> create(store, task, gate));
        gate.await(SECONDS, TimeUnit.SECONDS);
        removeAll(work);
        begun.get(SECONDS, TimeUnit.SECONDS);

        assertThat(work).doesNotExist();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void create(TaskStore store, Task task, CyclicBarrier gate) throws Exception {
    gate.await(SECONDS, TimeUnit.SECONDS);
    try {
      store.create(task);
    } catch (IOException e) {
      // the folder was removed first
    }
    return null;
  }

  /** Returns once it was gone, if only for an instant. */
  private static void removeAll(Path work) throws IOException {
    boolean isGone = false;
    while (!isGone) {
      try {
        Disk.deleteTree(work);
        isGone = true;
      } catch (DirectoryNotEmptyException e) {
        // filled meanwhile
      }
    }
  }
}
