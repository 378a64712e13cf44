package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.DoctorDepth;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Failed;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.cli.Request;
import io.maie.edge.cli.RunMode;
import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.progress.Stage;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.telemetry.Check;
import io.maie.edge.testing.ShippedSchema;
import io.maie.edge.text.template.CheckedTemplate;
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
import org.slf4j.LoggerFactory;

/** The program as it ships: real ffmpeg, the shipped models, real folders, shipped samples. */
final class InstalledProgramTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final Path SAMPLES = INSTALLATION.resolve("src/main/dist/samples");
  private static final String SAMPLE = "welcome.wav";

  private final InstalledProgram program = new InstalledProgram(INSTALLATION, SAMPLES, Map.of());
  @TempDir Path folder;
  private InstallationChoice where = InstallationChoice.DEFAULT;
  private Path home = Path.of("");
  private Path inbox = Path.of("");

  @BeforeEach
  void makeHome() throws IOException {
    home = folder.resolve("Z\u00fcrich home");
    where = new InstallationChoice(home, null, null);
    inbox = Files.createDirectories(home.resolve("inbox"));
  }

  @Test
  void aSampleDroppedIntoTheInboxIsTranscribedAndArchived() throws Exception {
    Files.copy(SAMPLES.resolve(SAMPLE), inbox.resolve(SAMPLE));

    List<RecordingOutcome> outcomes = program.drain(where, RecordingListener.disabled());

    assertThat(outcomes).hasSize(1);
    JsonNode result = read(published(outcomes.get(0)));
    assertThat(result.path("results").path("raw_transcript").textValue()).contains("recording");
    assertThat(result.path("warnings").toString()).doesNotContain("LANGUAGE_ASSUMED");
    assertThat(home.resolve("archive").resolve(SAMPLE)).exists();
    assertThat(inbox.resolve(SAMPLE)).doesNotExist();
  }

  @Test
  void noLineOfTheLogHoldsWhatWasSaid() throws Exception {
    Logger ours = (Logger) LoggerFactory.getLogger("io.maie.edge");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Level before = ours.getLevel();
    ours.setLevel(Level.TRACE);
    ours.addAppender(lines);
    lines.start();
    try {
      Files.copy(SAMPLES.resolve(SAMPLE), inbox.resolve(SAMPLE));
      Path document = published(program.drain(where, RecordingListener.disabled()).get(0));

      String said = read(document).path("results").path("raw_transcript").textValue();
      assertThat(lines.list).isNotEmpty();
      assertThat(lines.list)
          .noneMatch(line -> line.getFormattedMessage().contains(said.substring(0, 12)));
    } finally {
      ours.detachAppender(lines);
      ours.setLevel(before);
    }
  }

  @Test
  void templatesOfTheHomeJoinThoseThatShip() throws Exception {
    Path copy = program.templates(where).create("ward_round", "call_report");

    assertThat(copy).isEqualTo(folder.resolve("Z\u00fcrich home/config/templates/ward_round"));
    assertThat(program.templates(where).list())
        .allSatisfy(line -> assertThat(line.problems()).isEmpty())
        .extracting(CheckedTemplate::id)
        .contains("ward_round", "voice_memo");
  }

  @Test
  void withoutTheWatcherASampleIsTranscribedToo() throws Exception {
    InstalledProgram unwatched =
        new InstalledProgram(INSTALLATION, SAMPLES, Map.of("MAIE_INBOX__WATCH", "false"));
    Files.copy(SAMPLES.resolve(SAMPLE), inbox.resolve(SAMPLE));

    List<RecordingOutcome> outcomes = unwatched.drain(where, RecordingListener.disabled());

    assertThat(outcomes).hasSize(1);
    assertThat(published(outcomes.get(0))).exists();
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
  void aFileWithoutSoundIsAnOutcomeWithAReason() throws Exception {
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
  void anOutcomeIsReportedAlthoughTheHistoryGrewMuch() throws Exception {
    Files.writeString(inbox.resolve("1-letter.wav"), "Dear Sir or Madam,\n".repeat(99));
    Files.copy(SAMPLES.resolve(SAMPLE), inbox.resolve("2-welcome.wav"));
    Path history = home.resolve("state").resolve("history.jsonl");

    List<RecordingOutcome> outcomes =
        program.drain(where, whenFirstEnded(() -> repeatLastLine(history, 400)));

    assertThat(outcomes).extracting(RecordingOutcome::name).contains("2-welcome.wav");
  }

  @Test
  void aSecondInstanceIsRefused() throws Exception {
    Path state = Files.createDirectories(home.resolve("state"));

    try (InstanceLock held =
        InstanceLock.tryAcquire(state, state.resolveSibling("work"), 4711).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> program.drain(where, RecordingListener.disabled()))
          .isInstanceOfSatisfying(
              CommandException.class,
              refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
          .hasMessageContaining("4711");
    }
  }

  @Test
  void aFolderElsewhereIsAwaitedAndNotMade() throws Exception {
    Path gone = folder.resolve("not mounted/results");
    Path config = folder.resolve("elsewhere.yaml");
    Files.writeString(config, "outbox: {path: '" + gone + "'}\n");
    Files.copy(SAMPLES.resolve(SAMPLE), inbox.resolve(SAMPLE));

    ExitCode exit =
        program.run(new InstallationChoice(where.home(), config, null), RunMode.ONCE, link -> {});

    assertThat(exit).isEqualTo(ExitCode.TRY_AGAIN);
    assertThat(gone).doesNotExist();
    assertThat(inbox.resolve(SAMPLE)).exists();
    assertThat(Files.readString(program.status(where).state().resolve("status.json")))
        .contains("unmounted");
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
    Path failed = Files.createDirectories(home.resolve("failed"));
    Files.writeString(failed.resolve("a.wav"), "sound");
    Files.writeString(failed.resolve("a.wav.error.txt"), "why");

    program.request(where, new Request.Retry("a.wav"));

    assertThat(inbox.resolve("a.wav")).exists();
    assertThat(failed.resolve("a.wav.error.txt")).doesNotExist();
  }

  @Test
  void aFailedRecordingIsFoundByItsTask() throws Exception {
    Path failed = Files.createDirectories(home.resolve("failed").resolve("sub"));
    Files.writeString(failed.resolve("a.wav"), "sound");
    Files.writeString(failed.resolve("a.wav.error.json"), "{\"task_id\": \"0199-7\"}");

    program.request(where, new Request.Retry("0199-7"));

    assertThat(inbox.resolve("sub/a.wav")).exists();
  }

  @Test
  void anAmbiguousNameOfFailedRecordingsIsRefused() throws Exception {
    Path failed = home.resolve("failed");
    for (String sub : List.of("one", "two")) {
      Files.createDirectories(failed.resolve(sub));
      Files.writeString(failed.resolve(sub).resolve("t.wav"), "sound");
    }

    assertThatThrownBy(() -> program.request(where, new Request.Retry("t.wav")))
        .isInstanceOfSatisfying(
            CommandException.class,
            refused -> assertThat(refused.hint()).get().asString().contains("one/t.wav, two/t.wav"))
        .hasMessageContaining("found 2");

    program.request(where, new Request.Retry("two/t.wav"));

    assertThat(inbox.resolve("two/t.wav")).exists();
  }

  @Test
  void nothingCanBeCancelledWhileNoDaemonRuns() {
    assertThatThrownBy(() -> program.request(where, new Request.Cancel("a.wav")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("The daemon is not running");
  }

  @Test
  void aTaskThatDoesNotExistCannotBeCancelled() throws Exception {
    Path state = Files.createDirectories(home.resolve("state"));

    try (InstanceLock held =
        InstanceLock.tryAcquire(state, state.resolveSibling("work"), 4711).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> program.request(where, new Request.Cancel("nosuch.wav")))
          .isInstanceOfSatisfying(
              CommandException.class,
              refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining("No task 'nosuch.wav' is in work");
    }
  }

  @Test
  void wrongSettingsAreReportedTogetherAndNothingStarts() throws Exception {
    Path config = folder.resolve("wrong.yaml");
    Files.writeString(config, "inbox:\n  dept: 3\ndisk:\n  min_free: much\n");

    assertThatThrownBy(
            () ->
                program.drain(
                    new InstallationChoice(where.home(), config, null),
                    RecordingListener.disabled()))
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

  /** Writes the last line of the history {@code times} more times, each as a task of its own. */
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

  private static Path published(RecordingOutcome outcome) throws IOException {
    assertThat(outcome).isInstanceOf(Published.class);
    Path document = ((Published) outcome).document();
    ShippedSchema.result().accepts(Files.readAllBytes(document));
    return document;
  }

  private static String results(Path document) throws IOException {
    String text = Files.readString(document);
    return text.substring(text.indexOf("\"results\""), text.indexOf("\"metrics\""));
  }

  private static JsonNode read(Path document) throws IOException {
    return new ObjectMapper().readTree(document.toFile());
  }
}
