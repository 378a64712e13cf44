package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.behaviour.CrashingProcess.Scenario;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.FaultPoint.Step;
import io.maie.edge.task.HistoryEntry;
import io.maie.edge.testing.ScratchSpool;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real process vanishes between two steps of a task; the next one must put everything right. */
final class CrashTest {
  private static final String NAME = "Gespräch 1.wav";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Steps at which an attempt is open, so that vanishing there counts as one. */
  private static final Set<Step> IN_ATTEMPT =
      Set.of(Step.ATTEMPT_STARTED, Step.PIPELINE_FINISHED, Step.DOCUMENT_WRITTEN);

  @TempDir private Path home;
  private Path dropped;

  @BeforeEach
  void dropRecording() throws IOException {
    dropped = Files.createDirectories(home.resolve("inbox/sub")).resolve(NAME);
    Files.write(dropped, new byte[] {1, 2, 3, 4, 5, 6});
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "FAILURE_RECORDED",
        "FAILURE_DESCRIBED",
        "RECORDING_QUARANTINED",
        "CHANGE_RECORDED",
        "RECORDING_RETURNED"
      })
  void aCrashOnTheWayToTheOutboxLosesNothingAndDoublesNothing(Step step) throws Exception {
    Files.writeString(home.resolve("inbox/sub").resolve(NAME + ".job.json"), "{}");

    vanishAt(step, Scenario.SUCCESS);
    assertThatRecordingIsInOnePlace();
    assertThatDocumentsAreWhole();
    ScratchSpool spool = liveOn(Scenario.SUCCESS);

    assertThat(spool.files("outbox"))
        .containsExactly("sub/" + NAME + ".json", "sub/" + NAME + ".txt");
    assertThat(spool.files("archive")).containsExactly("sub/" + NAME, "sub/" + NAME + ".job.json");
    assertThat(spool.files("failed")).isEmpty();
    assertThatNothingIsLeft(spool);
    int attempts = IN_ATTEMPT.contains(step) ? 2 : 1;
    JsonNode result = JSON.readTree(home.resolve("outbox/sub/" + NAME + ".json").toFile());
    assertThat(result.path("attempts").asInt()).isEqualTo(attempts);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TASK_FOLDER_MADE",
        "RECORDING_CLAIMED",
        "ATTEMPT_STARTED",
        "FAILURE_RECORDED",
        "FAILURE_DESCRIBED",
        "RECORDING_QUARANTINED",
        "TASK_FOLDER_HALF_REMOVED",
        "TASK_GONE"
      })
  void aCrashOnTheWayToQuarantineLosesNothingAndDoublesNothing(Step step) throws Exception {
    vanishAt(step, Scenario.FAILURE);
    assertThatRecordingIsInOnePlace();
    ScratchSpool spool = liveOn(Scenario.FAILURE);

    assertThat(spool.files("failed"))
        .containsExactly(
            "sub/" + NAME, "sub/" + NAME + ".error.json", "sub/" + NAME + ".error.txt");
    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("archive")).isEmpty();
    assertThatNothingIsLeft(spool);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANGE_RECORDED", "RECORDING_RETURNED"})
  void aCrashOnTheWayBackToTheInboxLosesNothingAndDoublesNothing(Step step) throws Exception {
    vanishAt(step, Scenario.CHANGE);
    assertThatRecordingIsInOnePlace();
    ScratchSpool spool = liveOn(Scenario.CHANGE);

    assertThat(spool.files("outbox"))
        .containsExactly("sub/" + NAME + ".json", "sub/" + NAME + ".txt");
    assertThat(Files.size(home.resolve("archive/sub").resolve(NAME))).isEqualTo(100);
    assertThatNothingIsLeft(spool);
  }

  @AfterEach
  void everyDocumentObeysTheSchema() throws IOException {
    ShippedSchema.acceptsAllDocumentsOf(home);
  }

  private void vanishAt(Step step, Scenario scenario) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(CrashingProcess.class.getName());
    command.addAll(List.of(home.toString(), scenario.name(), step.label()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("crash.log").toFile())
            .start();
    assertThat(process.waitFor())
        .as(() -> "the exit status; it said: " + log())
        .isEqualTo(CrashingProcess.VANISHED);
  }

  private String log() {
    try {
      return Files.readString(home.resolve("crash.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private ScratchSpool liveOn(Scenario scenario) throws IOException {
    CrashingProcess next = new CrashingProcess(home, scenario, FaultPoint.disabled());
    next.live();
    return next.spool();
  }

  private void assertThatRecordingIsInOnePlace() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("inbox", "work", "archive", "failed")) {
      try (var files = Files.walk(home.resolve(folder))) {
        files.filter(CrashTest::isRecording).forEach(found::add);
      }
    }
    assertThat(found).hasSize(1);
  }

  private static boolean isRecording(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals(NAME) || name.equals("input.wav");
  }

  /** A document that is there is complete, and the JSON is not there before the others. */
  private void assertThatDocumentsAreWhole() throws IOException {
    Path json = home.resolve("outbox/sub").resolve(NAME + ".json");
    if (Files.exists(json)) {
      assertThat(JSON.readTree(json.toFile()).path("status").asText()).isEqualTo("COMPLETE");
      assertThat(home.resolve("outbox/sub").resolve(NAME + ".txt")).exists();
    }
  }

  private void assertThatNothingIsLeft(ScratchSpool spool) throws IOException {
    assertThat(dropped).doesNotExist();
    assertThat(spool.files("inbox")).isEmpty();
    assertThat(home.resolve("work")).isEmptyDirectory();
    assertThat(spool.places.history().recent(100_000))
        .extracting(HistoryEntry::path)
        .containsExactly("sub/" + NAME);
  }
}
