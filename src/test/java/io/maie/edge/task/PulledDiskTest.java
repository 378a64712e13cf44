package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Disk.Call;
import io.maie.edge.spool.Candidate;
import io.maie.edge.testing.DiskTripwire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The disk of the inbox is pulled while a claim copies from it, and comes back later. */
final class PulledDiskTest extends TaskScenario {
  @Test
  void aCopyThatWasCompleteIsProcessedWhileTheDiskIsAway() throws IOException {
    assertThat(spool.runner.run(claimedFromPulledDisk())).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void aRecordingThatWasProcessedMeanwhileDoesNotComeBackWithTheDisk() throws IOException {
    spool.inbox.recover(spool.recordings);
    spool.runner.run(claimedFromPulledDisk());

    putBack();

    assertThat(settled()).isEmpty();
    assertThat(spool.files("inbox")).isEmpty();
    assertThat(home.resolve("inbox/.maie-claimed")).doesNotExist();
    assertThat(spool.files("archive")).containsExactly("a.wav");
  }

  @Test
  void aRestartThatFindsTheDiskAgainProcessesNothingTwice() throws IOException {
    spool.runner.run(claimedFromPulledDisk());
    putBack();
    spool = fresh();

    spool.inbox.recover(spool.recordings);

    assertThat(settled()).isEmpty();
    assertThat(home.resolve("inbox/.maie-claimed")).doesNotExist();
    assertThat(spool.files("archive")).containsExactly("a.wav");
  }

  @Test
  void aCopyThatWasCutOffIsPutBackEvenIfTheSameWasProcessedBefore() throws IOException {
    spool.drop("a.wav", 64);
    runNext();
    Files.createLink(home.resolve("second name"), spool.drop("a.wav", 64));
    spool = vanishingAt(FaultPoint.Step.TASK_FOLDER_MADE);
    Candidate candidate = settled().get(0);
    Path held = Files.createDirectories(home.resolve("inbox/.maie-claimed/1"));
    Path target = Files.createDirectories(home.resolve("work/1")).resolve("input.wav");
    Files.writeString(
        held.resolve("ticket"), candidate.path().toUri() + "\n" + target.toUri() + "\n");
    Files.move(candidate.path(), held.resolve("recording"));
    spool = fresh();

    spool.inbox.recover(spool.recordings);

    assertThat(spool.files("inbox")).containsExactly("a.wav");
  }

  private Task claimedFromPulledDisk() throws IOException {
    Path dropped = spool.drop("a.wav", 64);
    Files.createLink(home.resolve("second name"), dropped);
    Candidate candidate = settled().get(0);
    try (DiskTripwire tripwire =
        new DiskTripwire((call, path) -> call == Call.RENAME && path.equals(dropped), this::pull)) {
      Task task = spool.claims.claim(candidate).orElseThrow();
      assertThat(tripwire.hasActed()).isTrue();
      return task;
    }
  }

  private void pull() {
    try {
      Files.move(home.resolve("inbox"), home.resolve("pulled"));
      Files.createDirectory(home.resolve("inbox"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void putBack() throws IOException {
    Disk.deleteTree(home.resolve("inbox"));
    Files.move(home.resolve("pulled"), home.resolve("inbox"));
  }
}
