package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.DoctorDepth;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Failed;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.cli.Request;
import io.maie.edge.cli.Where;
import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it ships: real ffmpeg, the starter models, real folders, shipped samples. */
final class InstalledProgramTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final Path SAMPLES = INSTALLATION.resolve("src/main/dist/samples");
  private static final String SAMPLE = "welcome.wav";

  private final InstalledProgram program = new InstalledProgram(INSTALLATION, SAMPLES, Map.of());
  @TempDir Path folder;
  private Where where = Where.DEFAULT;
  private Path inbox = Path.of("");

  @BeforeEach
  void makeHome() throws IOException {
    Path home = folder.resolve("Z\u00fcrich home");
    where = new Where(home, null, null);
    inbox = Files.createDirectories(home.resolve("inbox"));
  }

  @Test
  void aSampleDroppedIntoTheInboxIsTranscribedAndArchived() throws Exception {
    Files.copy(SAMPLES.resolve(SAMPLE), inbox.resolve(SAMPLE));

    List<RecordingOutcome> outcomes = program.drain(where, RecordingListener.disabled());

    assertThat(outcomes).hasSize(1).first().isInstanceOf(Published.class);
    JsonNode result = read(((Published) outcomes.get(0)).document());
    assertThat(result.path("results").path("raw_transcript").textValue()).contains("recording");
    assertThat(result.path("warnings").toString()).contains("STARTER_MODEL");
    assertThat(program.folders(where).archive().resolve(SAMPLE)).exists();
    assertThat(inbox.resolve(SAMPLE)).doesNotExist();
  }

  @Test
  void theSameRecordingGivesTheSameResultsByteForByte() throws Exception {
    try (DirectProcessing direct = direct()) {
      Path first = published(direct.process(SAMPLES.resolve(SAMPLE)));
      Path second = published(direct.process(SAMPLES.resolve(SAMPLE)));

      assertThat(second).isNotEqualTo(first);
      assertThat(results(second)).isEqualTo(results(first));
    }
  }

  @Test
  void aRecordingProcessedDirectlyStaysWhereItIs() throws Exception {
    Path recording = Files.copy(SAMPLES.resolve(SAMPLE), folder.resolve(SAMPLE));

    try (DirectProcessing direct = direct()) {
      published(direct.process(recording));
    }

    assertThat(recording).hasSameBinaryContentAs(SAMPLES.resolve(SAMPLE));
    try (var left = Files.list(folder.resolve("results"))) {
      assertThat(left.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(SAMPLE + ".json", SAMPLE + ".txt");
    }
  }

  @Test
  void whatIsNoRecordingIsAnOutcomeWithAReason() throws Exception {
    Path text = Files.writeString(folder.resolve("letter.wav"), "Dear Sir or Madam,\n".repeat(99));

    try (DirectProcessing direct = direct()) {
      RecordingOutcome outcome = direct.process(text);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.code()).isEqualTo(FailureCode.NO_AUDIO_STREAM);
                assertThat(failed.hint()).isNotBlank();
              });
    }
  }

  @Test
  void aRecordingThatWentAwayFailsAloneAndTheNextOneIsProcessed() throws Exception {
    try (DirectProcessing direct = direct()) {
      RecordingOutcome gone = direct.process(folder.resolve("gone.wav"));

      assertThat(gone)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.code()).isEqualTo(FailureCode.FILE_SYSTEM_ERROR));
      published(direct.process(SAMPLES.resolve(SAMPLE)));
    }
  }

  @Test
  void anOutcomeIsToldThoughTheHistoryGrewByMoreThanIsReadAtOnce() throws Exception {
    Files.writeString(inbox.resolve("1-letter.wav"), "Dear Sir or Madam,\n".repeat(99));
    Files.copy(SAMPLES.resolve(SAMPLE), inbox.resolve("2-welcome.wav"));
    Path history = program.folders(where).state().resolve("history.jsonl");

    List<RecordingOutcome> outcomes =
        program.drain(where, whenFirstEnded(() -> repeatLastLine(history, 400)));

    assertThat(outcomes).extracting(RecordingOutcome::name).contains("2-welcome.wav");
  }

  @Test
  void aSecondInstanceIsRefused() throws Exception {
    Path state = Files.createDirectories(program.folders(where).state());

    try (InstanceLock held = InstanceLock.tryAcquire(state, 4711).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> program.drain(where, RecordingListener.disabled()))
          .isInstanceOfSatisfying(
              CommandException.class,
              refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
          .hasMessageContaining("4711");
    }
  }

  @Test
  void theDoctorSendsASampleThroughASpoolOfItsOwn() throws Exception {
    program.drain(where, RecordingListener.disabled());

    List<Check> checks = program.checks(where, DoctorDepth.DEEP);

    Check last = checks.get(checks.size() - 1);
    assertThat(last.run().message()).contains("real-time factor");
    assertThat(program.folders(where).outbox().resolve(SAMPLE + ".json")).doesNotExist();
  }

  @Test
  void aFailedRecordingGoesBackIntoTheInboxWithoutADaemon() throws Exception {
    Path failed = Files.createDirectories(program.folders(where).failed());
    Files.writeString(failed.resolve("a.wav"), "sound");
    Files.writeString(failed.resolve("a.wav.error.txt"), "why");

    program.request(where, new Request.Retry("a.wav"));

    assertThat(inbox.resolve("a.wav")).exists();
    assertThat(failed.resolve("a.wav.error.txt")).doesNotExist();
  }

  @Test
  void nothingCanBeCancelledWhileNoDaemonRuns() {
    assertThatThrownBy(() -> program.request(where, new Request.Cancel("a.wav")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("No daemon runs");
  }

  @Test
  void wrongSettingsAreReportedTogetherAndNothingStarts() throws Exception {
    Path config = folder.resolve("wrong.yaml");
    Files.writeString(config, "inbox:\n  dept: 3\ndisk:\n  min_free: much\n");

    assertThatThrownBy(
            () ->
                program.drain(new Where(where.home(), config, null), RecordingListener.disabled()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("did you mean 'inbox.depth'")
        .hasMessageContaining("disk.min_free");
  }

  private DirectProcessing direct() throws CommandException, IOException {
    ProcessingOrder order =
        new ProcessingOrder(ParameterLayer.empty("test"), folder.resolve("results"));
    return program.direct(where, order, RecordingListener.disabled());
  }

  private static RecordingListener whenFirstEnded(Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    return new RecordingListener() {
      @Override
      public void started(String name) {}

      @Override
      public void progressed(String name, Stage stage, double fraction) {}

      @Override
      public void finished(RecordingOutcome outcome) {
        if (done.compareAndSet(false, true)) {
          work.run();
        }
      }
    };
  }

  /** As if so many more recordings had ended, each as a task of its own. */
  private static void repeatLastLine(Path history, int times) {
    try {
      List<String> lines = Files.readAllLines(history);
      JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
      String id = last.path("task_id").textValue();
      List<String> more = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        more.add(lines.get(lines.size() - 1).replace(id, "more-" + i));
      }
      Files.write(history, more, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path published(RecordingOutcome outcome) {
    assertThat(outcome).isInstanceOf(Published.class);
    return ((Published) outcome).document();
  }

  private static String results(Path document) throws IOException {
    String text = Files.readString(document);
    return text.substring(text.indexOf("\"results\""), text.indexOf("\"metrics\""));
  }

  private static JsonNode read(Path document) throws IOException {
    return new ObjectMapper().readTree(document.toFile());
  }
}
