package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.progress.Stage;
import io.maie.edge.testing.OrdinaryUser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SidecarClaimTest extends TaskScenario {
  @Test
  void aSidecarDecidesAndTravelsWithItsRecording() throws IOException {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{\"output_formats\": [\"srt\", \"json\"], \"metadata\": {\"case\": 7}}");

    runNext();

    assertThat(spool.files("outbox")).containsExactly("a.wav.json", "a.wav.srt");
    assertThat(json("outbox/a.wav.json").at("/parameters/metadata/case").asInt()).isEqualTo(7);
    assertThat(spool.files("archive")).containsExactly("a.wav", "a.wav.job.json");
    assertThat(spool.files("inbox")).isEmpty();
  }

  @Test
  void aSidecarThatArrivesDuringProcessingBeginsTheTaskAnewWithoutCountingAnAttempt()
      throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          if (Files.exists(home.resolve("archive/seen"))) {
            return;
          }
          Files.createFile(home.resolve("archive/seen"));
          sidecar("a.wav", "{\"output_formats\": [\"json\"], \"enable_vad\": false}");
          spool.runner.restartIfParametersArrived();
          time.advance(SETTLED);
        });

    runNext();

    assertThat(spool.files("outbox")).containsExactly("a.wav.json");
    assertThat(json("outbox/a.wav.json").path("attempts").asInt()).isEqualTo(1);
    assertThat(json("outbox/a.wav.json").at("/parameters/enable_vad").asBoolean()).isFalse();
  }

  /** Decomposed as a Mac sends it, and Latin-1; the folder is spelled likewise. */
  @ParameterizedTest
  @ValueSource(strings = {"Mu%CC%88ller", "M%FCller"})
  void aLateSidecarIsFoundHoweverItsRecordingIsSpelled(String name) throws IOException {
    Path recording =
        Path.of(URI.create(home.resolve("inbox").toUri() + name + "/" + name + ".wav"));
    Path sidecar = Path.of(URI.create(recording.toUri() + ".job.json"));
    Files.createDirectory(recording.getParent());
    Files.writeString(recording, "sound");
    Task task = claimNext();
    Files.writeString(sidecar, "{\"output_formats\": [\"json\"]}");
    spool.runner.restartIfParametersArrived();

    TaskOutcome waiting = spool.runner.run(spool.store.read(task.id()));
    time.advance(SETTLED);
    spool.runner.run(waiting.task());

    assertThat(sidecar).doesNotExist();
    assertThat(spool.files("outbox")).singleElement().asString().endsWith(".wav.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"output_formats\": [\"js"})
  void aSidecarThatIsStillBeingWrittenIsWaitedForAndNotReadInHalves(String half)
      throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          sidecar("a.wav", half);
          spool.runner.restartIfParametersArrived();
          context.cancellation().throwIfStopped();
        });

    TaskOutcome.Deferred waiting = (TaskOutcome.Deferred) runNext();
    sidecar("a.wav", "{\"output_formats\": [\"json\"]}");
    TaskOutcome.Deferred seen = (TaskOutcome.Deferred) spool.runner.run(waiting.task());
    spool.engines.on(Stage.ASR, context -> {});
    time.advance(SETTLED);
    spool.runner.run(seen.task());

    assertThat(waiting.reason()).contains("sidecar is still being written");
    assertThat(spool.files("failed")).isEmpty();
    assertThat(spool.files("outbox")).containsExactly("a.wav.json");
    assertThat(json("outbox/a.wav.json").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void aSidecarGoesBackWithItsRecordingAlsoIfAnotherOneOfItsNameHasCome() throws IOException {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{\"priority\": 3}");
    Task task = claimNext();
    Path input = spool.store.folder(task).input(task);
    spool.engines.on(
        Stage.ASR,
        context -> {
          Files.write(input, new byte[128]);
          spool.drop("a.wav", 32);
        });

    spool.runner.run(task);

    assertThat(spool.files("inbox")).containsExactly("a.wav", "a~2.wav", "a~2.wav.job.json");
    assertThat(home.resolve("inbox/a~2.wav")).hasBinaryContent(new byte[128]);
  }

  /** Its permission went after the claim; it must not lock the recording into the work folder. */
  @Test
  void aSidecarThatBecameUnreadableFailsItsRecordingAndStays() throws Exception {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{}");
    Task task = claimNext();
    Files.setPosixFilePermissions(
        spool.store.folder(task).sidecar(), PosixFilePermissions.fromString("---------"));

    TaskOutcome outcome = OrdinaryUser.call(() -> spool.runner.run(task));

    assertThat(outcome).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(spool.files("failed"))
        .containsExactly("a.wav", "a.wav.error.json", "a.wav.error.txt");
    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void aCancelledRecordingWhoseSidecarCannotBeReadGoesToTheFailedFolderWithItsExplanations()
      throws Exception {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{}");
    Task task = claimNext();
    Files.setPosixFilePermissions(
        spool.store.folder(task).sidecar(), PosixFilePermissions.fromString("---------"));

    OrdinaryUser.call(() -> spool.runner.run(spool.runner.cancel(task, "Cancelled")));

    assertThat(spool.files("failed"))
        .containsExactly("a.wav", "a.wav.error.json", "a.wav.error.txt");
    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("CANCELLED");
    assertThat(spool.files("work")).isEmpty();
  }
}
