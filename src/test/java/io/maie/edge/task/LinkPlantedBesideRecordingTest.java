package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.durable.Disk.Call;
import io.maie.edge.progress.Stage;
import io.maie.edge.testing.DiskTripwire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody replaces the folder of a recording by a link while its sidecar or companions move. */
final class LinkPlantedBesideRecordingTest extends TaskScenario {
  private Path sub;
  private Path outside;

  @BeforeEach
  void prepare() throws IOException {
    spool.drop("sub/a.wav", 64);
    sub = home.resolve("inbox/sub");
    outside = Files.createDirectory(home.resolve("outside"));
  }

  @Test
  void aSidecarIsTakenFromTheFolderThatWasChecked() throws IOException {
    sidecar("sub/a.wav", "{\"metadata\": {\"of\": \"sender\"}}");
    Path secret = outside.resolve("a.wav.job.json");
    Files.writeString(secret, "{\"metadata\": {\"of\": \"somebody else\"}}");

    Task task;
    try (DiskTripwire wire =
        new DiskTripwire(
            (call, path) -> call == Call.FLUSH && path.endsWith("a.wav.job.json"), this::plant)) {
      task = claimNext();
      assertThat(wire.hasActed()).isTrue();
    }
    spool.runner.run(task);

    assertThat(json("outbox/sub/a.wav.json").at("/parameters/metadata/of").asText())
        .isEqualTo("sender");
    assertThat(secret).hasContent("{\"metadata\": {\"of\": \"somebody else\"}}");
  }

  @Test
  void aCompanionIsTakenFromTheFolderThatWasChecked() throws IOException {
    Files.writeString(sub.resolve("_folder.yaml"), "companions: archive-with\n");
    Files.writeString(sub.resolve("chat.txt"), "of the sender");
    Files.writeString(outside.resolve("chat.txt"), "of somebody else");
    Task task = claimNext();

    try (DiskTripwire wire =
        new DiskTripwire((call, path) -> path.endsWith("chat.txt"), this::plant)) {
      spool.runner.run(task);
      assertThat(wire.hasActed()).isTrue();
    }

    assertThat(sub).isSymbolicLink();
    assertThat(List.of(home.resolve("archive/sub/chat.txt"), home.resolve("moved/chat.txt")))
        .filteredOn(Files::exists)
        .singleElement()
        .satisfies(place -> assertThat(place).hasContent("of the sender"));
    assertThat(outside.resolve("chat.txt")).hasContent("of somebody else");
  }

  @Test
  void aSidecarBehindALinkNeitherRestartsATaskNorDelaysIt() throws IOException {
    Files.writeString(outside.resolve("a.wav.job.json"), "{\"metadata\": {\"of\": \"others\"}}");
    Task task = claimNext();
    plant();
    spool.engines.on(
        Stage.ASR,
        context -> {
          spool.runner.restartIfParametersArrived();
          time.advance(Duration.ofMinutes(1));
          spool.runner.restartIfParametersArrived();
        });

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);

    assertThat(json("outbox/sub/a.wav.json").path("attempts").asInt()).isEqualTo(1);
    assertThat(json("outbox/sub/a.wav.json").at("/parameters/metadata/of").isMissingNode())
        .isTrue();
    assertThat(outside.resolve("a.wav.job.json")).exists();
  }

  private void plant() {
    try {
      Files.move(sub, home.resolve("moved"));
      Files.createSymbolicLink(sub, outside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
