package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TaskRecoveryTest extends TaskScenario {
  @Test
  void aRecordingWhoseTaskFileIsDamagedIsQuarantinedAndNotLost() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Files.writeString(spool.store.folder(task).record(), "{\"schema_ver");
    spool = fresh();

    Task salvaged = spool.recovery.recover().get(0);

    assertThat(spool.runner.run(salvaged)).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(spool.files("failed")).hasSize(3);
    assertThat(spool.files("work")).isEmpty();
  }

  @Test
  void aFolderThatCannotBeSalvagedDoesNotKeepTheOthersFromGoingOn() throws IOException {
    Path foreign = home.resolve("work/foreign");
    Files.createDirectories(foreign.resolve("task.json/x"));
    Files.writeString(foreign.resolve("input.wav"), "sound");
    spool.drop("a.wav", 64);
    claimNext();

    assertThat(fresh().recovery.recover())
        .extracting(task -> task.source().name())
        .containsExactly("a.wav");
    assertThat(foreign.resolve("input.wav")).hasContent("sound");
  }

  @Test
  void aTaskOfALaterVersionIsLeftAlone() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Path record = spool.store.folder(task).record();
    String later =
        Files.readString(record).replaceAll("\"schema_version\" : 1", "\"schema_version\" : 99");
    DurableFiles.writeAtomically(record, later.getBytes(StandardCharsets.UTF_8));

    assertThat(fresh().recovery.recover()).isEmpty();
    assertThat(spool.store.folder(task).input(task)).exists();
  }

  @Test
  void aStartThatCannotLookAtARecordingKeepsItsTask() throws IOException {
    spool.drop("a.wav", 64);
    spool.store.save(withInputThatCannotBeLookedAt(claimNext()));

    assertThat(fresh().recovery.recover()).hasSize(1);
    assertThat(spool.files("work")).anyMatch(name -> name.endsWith("/input.wav"));
  }
}
