package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.asr.hallucination.HallucinationFilter;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.Sha256;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException.Reason;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.SettleOptions;
import io.maie.edge.task.Attempt.End;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.OrdinaryUser;
import io.maie.edge.testing.ScratchSpool;
import io.maie.edge.testing.ScriptedDecoder;
import io.maie.edge.testing.ShippedSchema;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskRunnerTest {
  /** After which a file that nobody touched counts as finished. */
  private static final Duration SETTLED = SettleOptions.DEFAULTS.local().plusSeconds(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  private final ManualTicker time = new ManualTicker();
  private ScratchSpool spool;

  @BeforeEach
  void openSpool() {
    spool = fresh();
  }

  @AfterEach
  void everyDocumentObeysTheSchema() throws IOException {
    ShippedSchema.acceptsAllDocumentsOf(home);
  }

  private ScratchSpool fresh() {
    return new ScratchSpool(
        home, new TaskClock(time, time), TaskSettings.DEFAULTS, FaultPoint.disabled());
  }

  @Test
  void aRecordingBecomesItsDocumentsAndGoesToTheArchive() throws IOException {
    Path dropped = spool.drop("besprechung/täg 1.wav", 64);
    byte[] content = Files.readAllBytes(dropped);

    TaskOutcome outcome = runNext();

    assertThat(outcome).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("outbox"))
        .containsExactly("besprechung/täg 1.wav.json", "besprechung/täg 1.wav.txt");
    assertThat(home.resolve("archive/besprechung/täg 1.wav")).hasBinaryContent(content);
    assertThat(spool.files("inbox")).isEmpty();
    assertThat(spool.files("work")).isEmpty();
    JsonNode result = json("outbox/besprechung/täg 1.wav.json");
    assertThat(result.path("status").asText()).isEqualTo("COMPLETE");
    assertThat(result.path("attempts").asInt()).isEqualTo(1);
    assertThat(result.path("source").path("path").asText()).isEqualTo("besprechung/täg 1.wav");
    assertThat(result.path("results").path("raw_transcript").asText()).isNotEmpty();
  }

  @Test
  void aNoteOfThePublishedResultIsLeftBeforeTheHistoryTells() throws IOException {
    spool = vanishingAt(FaultPoint.Step.HISTORY_WRITTEN);
    spool.drop("a b.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    FinishedNotes notes = FinishedNotes.in(home.resolve("state"));

    assertThat(notes.list())
        .extracting(FinishedNotes.Note::result)
        .containsExactly(home.resolve("outbox/a b.wav.json"));

    notes.remove(notes.list().get(0));
    spool = fresh();
    spool.runner.run(spool.recovery.recover().get(0));
    assertThat(notes.list()).isEmpty();
  }

  /** With the settings and patterns that ship. */
  @Test
  void inventedTextIsListedAsRemovedAndNowhereElse() throws IOException {
    Settings shipped =
        SettingsReader.read(SettingsSources.of(Path.of("").toAbsolutePath(), Map.of()))
            .settings()
            .orElseThrow();
    spool.engines.filteredBy(
        new HallucinationFilter(
            shipped.hallucination().orElseThrow(), shipped.hallucinationPatterns()));
    spool.engines.hearing(
        Transcript.of(
            new Language("vi", 0.97),
            List.of(
                segment(0, "C\u1EA3m \u01A1n anh \u0111\u00E3 \u0111\u1EBFn.", 0.9),
                segment(
                    1,
                    "v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng"
                        + " v\u00E2ng",
                    0.1),
                segment(2, "Em xin ph\u00E9p b\u1EAFt \u0111\u1EA7u.", 0.7),
                segment(3, "H\u00E3y subscribe cho k\u00EAnh Ghi\u1EC1n M\u00EC G\u00F5", 0.2))));
    spool.drop("a.wav", 64);
    runNext();

    JsonNode result = json("outbox/a.wav.json");
    String transcript =
        "C\u1EA3m \u01A1n anh \u0111\u00E3 \u0111\u1EBFn. Em xin ph\u00E9p b\u1EAFt \u0111\u1EA7u.";
    assertThat(result.at("/results/raw_transcript").asText()).isEqualTo(transcript);
    assertThat(home.resolve("outbox/a.wav.txt")).hasContent(transcript);
    assertThat(result.at("/results/segments").findValuesAsText("id")).containsExactly("0", "1");
    assertThat(result.at("/results/removed").findValuesAsText("rule"))
        .containsExactly("repetition", "pattern");
    assertThat(result.at("/results/removed/1/start").asDouble()).isEqualTo(3);
    assertThat(result.at("/results/removed/1/text").asText()).startsWith("H\u00E3y subscribe");
    assertThat(result.at("/results/removed/1/pattern").asText())
        .contains("ghi\u1EC1n m\u00EC g\u00F5");
    assertThat(result.at("/metrics/asr_confidence_avg").asDouble()).isEqualTo(0.8);
    assertThat(result.at("/versions/hallucination_filter/patterns/hallucinations.yaml").asText())
        .isEqualTo("sha256:" + sha256(Path.of("config", "patterns", "hallucinations.yaml")));
    assertThat(result.at("/versions/hallucination_filter/params/max_repetition").asDouble())
        .isEqualTo(0.6);
  }

  @Test
  void withoutAFilterEverythingStaysAndNoFilterIsNamed() throws IOException {
    spool.engines.hearing(Transcript.of(List.of(segment(0, "a b a b a b a b", 0.5))));
    spool.drop("a.wav", 64);
    runNext();

    JsonNode result = json("outbox/a.wav.json");
    assertThat(result.at("/results/raw_transcript").asText()).isEqualTo("a b a b a b a b");
    assertThat(result.at("/results/removed").isMissingNode()).isTrue();
    assertThat(result.at("/versions/hallucination_filter").isMissingNode()).isTrue();
  }

  private static Segment segment(int second, String text, double confidence) {
    SampleSpan span = new SampleSpan(second * 16_000L, (second + 1) * 16_000L);
    return new Segment(span, text, confidence, List.of());
  }

  private static String sha256(Path file) throws IOException {
    return ScriptedDecoder.sha256(Files.readAllBytes(file));
  }

  @Test
  void theHistoryTellsOfSuccessAndFailure() throws IOException {
    spool.drop("good.wav", 64);
    runNext();
    failIn(Stage.DECODE, FailureCode.NO_AUDIO_STREAM);
    spool.drop("bad.wav", 64);
    runNext();

    assertThat(spool.places.history().recent(10_000))
        .extracting(HistoryEntry::path, HistoryEntry::code)
        .containsExactly(tuple("good.wav", null), tuple("bad.wav", FailureCode.NO_AUDIO_STREAM));
  }

  @Test
  void aFailureGoesToQuarantineWithTwoExplanations() throws IOException {
    failIn(Stage.DECODE, FailureCode.UNSUPPORTED_CODEC);
    spool.drop("a.wav", 64);

    TaskOutcome outcome = runNext();

    assertThat(outcome).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(spool.files("failed"))
        .containsExactly("a.wav", "a.wav.error.json", "a.wav.error.txt");
    assertThat(json("failed/a.wav.error.json").path("error").path("code").asText())
        .isEqualTo("UNSUPPORTED_CODEC");
    assertThat(home.resolve("failed/a.wav.error.txt")).content().contains("UNSUPPORTED_CODEC");
    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("work")).isEmpty();
  }

  @Test
  void filesInTheOutboxAndTheFailedFolderAreNeverOverwritten() throws IOException {
    for (int i = 0; i < 2; i++) {
      spool.drop("a.wav", 64);
      runNext();
    }
    failIn(Stage.DECODE, FailureCode.NO_AUDIO_STREAM);
    for (int i = 0; i < 2; i++) {
      spool.drop("a.wav", 64);
      runNext();
    }

    assertThat(spool.files("outbox"))
        .containsExactly("a.wav.json", "a.wav.txt", "a.wav~2.json", "a.wav~2.txt");
    assertThat(spool.files("archive")).containsExactly("a.wav", "a~2.wav");
    assertThat(spool.files("failed"))
        .containsExactly(
            "a.wav",
            "a.wav.error.json",
            "a.wav.error.txt",
            "a~2.wav",
            "a~2.wav.error.json",
            "a~2.wav.error.txt");
  }

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
  void aBadSidecarFailsItsRecordingAndNamesTheField() throws IOException {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{\"vad_treshold\": 0.5}");

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("INVALID_PARAMETERS");
    assertThat(json("failed/a.wav.error.json").at("/error/message").asText())
        .contains("vad_treshold");
    assertThat(home.resolve("failed/a.wav.job.json")).exists();
  }

  @Test
  void aTemplateThatDoesNotExistFailsItsRecordingWhetherASummaryIsWantedOrNot() throws IOException {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{\"template_id\": \"no_such_template\"}");

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("INVALID_PARAMETERS");
    assertThat(json("failed/a.wav.error.json").at("/error/message").asText())
        .startsWith("template_id: ")
        .contains("no_such_template");
  }

  @Test
  void aDefaultThatNamesNoTemplateFailsNoRecordingThatNeedsNone() throws IOException {
    ParameterLayer layer =
        ParameterReader.check(
            "settings", Map.of("template_id", "no_such_template"), field -> "settings");
    RecordingParameters defaults =
        ((ValidatedParameters.Valid)
                ValidatedParameters.merge(RecordingParameters.DEFAULTS, List.of(layer)))
            .parameters();
    TaskSettings settings = new TaskSettings(defaults, TaskLimits.DEFAULTS);
    spool = new ScratchSpool(home, new TaskClock(time, time), settings, FaultPoint.disabled());
    spool.drop("a.wav", 64);

    runNext();

    assertThat(spool.files("outbox")).contains("a.wav.json");
  }

  @Test
  void aFolderProfileRulesItsFolder() throws IOException {
    spool.drop("quiet/a.wav", 64);
    Files.writeString(home.resolve("inbox/quiet/_folder.yaml"), "output_formats: [vtt]\n");

    runNext();

    assertThat(spool.files("outbox")).containsExactly("quiet/a.wav.json", "quiet/a.wav.vtt");
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
  void aRecordingThatChangedDuringProcessingIsNotPublishedButGoesBack() throws IOException {
    spool.drop("sub/a.wav", 64);
    sidecar("sub/a.wav", "{}");
    Task task = claimNext();
    Path input = spool.store.folder(task).input(task);
    spool.engines.on(Stage.ASR, context -> Files.write(input, new byte[128]));

    TaskOutcome outcome = spool.runner.run(task);

    assertThat(outcome).isInstanceOf(TaskOutcome.Returned.class);
    assertThat(spool.files("inbox")).containsExactly("sub/a.wav", "sub/a.wav.job.json");
    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("work")).isEmpty();
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

  @Test
  void aFailureOfARecordingThatIsStillGrowingIsNotAFailureOfIt() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Path input = spool.store.folder(task).input(task);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          Files.write(input, new byte[128]);
          throw new ProcessingException(FailureCode.AUDIO_DECODE_ERROR, "cut off");
        });

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Returned.class);
    assertThat(spool.files("failed")).isEmpty();
  }

  @Test
  void aBrokenInstallationKeepsTheRecordingAndCountsNoAttempt() throws IOException {
    failIn(Stage.ASR, FailureCode.MODEL_LOAD_ERROR);
    spool.drop("a.wav", 64);

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.INSTALLATION);
    assertThat(deferred.code()).contains(FailureCode.MODEL_LOAD_ERROR);
    assertThat(deferred.task().facts().countedAttempts()).isZero();

    spool.engines.on(Stage.ASR, context -> {});

    assertThat(spool.runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);
    assertThat(json("outbox/a.wav.json").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void aShutdownInterruptsWithoutCountingAnAttempt() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> spool.runner.running().orElseThrow().stop(Reason.SHUTDOWN, "stopping"));

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.SHUTDOWN);
    Task again = fresh().recovery.recover().get(0);
    assertThat(again.facts().attempts()).extracting(Attempt::end).containsExactly(End.INTERRUPTED);
    assertThat(again.facts().countedAttempts()).isZero();
  }

  @Test
  void aCancelledTaskGoesToQuarantine() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> spool.runner.running().orElseThrow().stop(Reason.CANCELLED, "by request"));

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void aStageWithoutASignOfLifeIsStoppedAndTriedAgainLater() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.VAD,
        context -> {
          RunningTask running = spool.runner.running().orElseThrow();
          running.enforceLimits();
          context.cancellation().throwIfStopped();
          watch(running, TaskLimits.DEFAULTS.stall().plusSeconds(1));
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(deferred.code()).contains(FailureCode.STAGE_TIMEOUT);
    assertThat(deferred.task().facts().notBefore()).hasValue(time.instant().plusSeconds(30));

    TaskOutcome second = spool.runner.run(deferred.task());
    assertThat(((TaskOutcome.Deferred) second).task().facts().notBefore())
        .hasValue(time.instant().plusSeconds(60));

    TaskOutcome third = spool.runner.run(second.task());
    assertThat(third).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(json("failed/a.wav.error.json").path("attempts").asInt()).isEqualTo(3);
  }

  @Test
  void aTaskThatReportsButTakesTooLongIsStopped() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          RunningTask running = spool.runner.running().orElseThrow();
          for (int i = 0; i < 500; i++) {
            watch(running, TaskLimits.DEFAULTS.stall().minus(Duration.ofMinutes(1)));
            context.tick(0.5);
          }
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.reason()).contains("limit of");
  }

  @Test
  void aMachineThatWasSuspendedExceedsNoLimit() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          RunningTask running = spool.runner.running().orElseThrow();
          time.advance(TaskLimits.DEFAULTS.total().multipliedBy(2));
          running.enforceLimits();
          assertThat(running.isAlive()).isTrue();
        });

    assertThat(runNext()).isInstanceOf(TaskOutcome.Published.class);
  }

  /** Lets time go by under the eyes of the supervisor. */
  private void watch(RunningTask running, Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      time.advance(Duration.ofSeconds(1));
      running.enforceLimits();
    }
  }

  @Test
  void aMistakeOfOursFailsTheRecordingAndNotTheDaemon() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.ASR,
        context -> {
          throw new IllegalStateException("a mistake");
        });

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("PROCESSING_ERROR");
  }

  @Test
  void threeCrashesMakeARecordingPoison() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 3; i++) {
      spool.store.save(begun(task, Attempt.begin(time.instant(), spool.parts.process())));
      Files.writeString(spool.store.folder(task).stage(), "asr");
      spool = fresh();
      task = spool.recovery.recover().get(0);
    }

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Quarantined.class);
    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("POISON_FILE");
    assertThat(json("failed/a.wav.error.json").at("/error/stage").asText()).isEqualTo("asr");
  }

  @Test
  void aPoisonedRecordingIsKnownByItsChecksum() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    String sha256 = Sha256.ofRegular(spool.store.folder(task).input(task));
    for (int i = 0; i < 3; i++) {
      task = crashedIn(task, "decode", 0);
    }

    spool.runner.run(task);

    JsonNode error = json("failed/a.wav.error.json").at("/error");
    assertThat(error.at("/details/sha256").asText()).isEqualTo(sha256);
    assertThat(error.at("/message").asText()).contains("3 times in stage 'decode'");
  }

  @Test
  void crashesBehindGrowingCheckpointsDoNotAddUp() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 12; i++) {
      task = crashedIn(task, "asr", i);
    }

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void crashesInDifferentStagesDoNotAddUpUntilThereAreVeryMany() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 9; i++) {
      task = crashedIn(task, i % 2 == 0 ? "decode" : "asr", 0);
    }
    assertThat(
            CrashCount.of(task.facts())
                .failure(spool.store.folder(task).input(task), TaskLimits.DEFAULTS))
        .isEmpty();

    task = crashedIn(task, "asr", 0);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Quarantined.class);
  }

  /** As a start finds it after the system has ended processes: the count of these has grown. */
  @Test
  void aRecordingThatUsesUpTheMemorySaysSo() throws IOException {
    assumeTrue(MemoryKills.count().isPresent(), "the system counts no such ends");
    spool.drop("a.wav", 64);
    Task task = claimNext();
    ProcessIdentity process = spool.parts.process();
    for (int i = 0; i < 3; i++) {
      spool.store.save(
          begun(
              task,
              new Attempt(
                  time.instant(), process.bootId(), process.pid(), null, null, null, 0, -1L)));
      Files.writeString(spool.store.folder(task).stage(), "asr");
      spool = fresh();
      task = spool.recovery.recover().get(0);
      assertThat(task.facts().lastAttempt().orElseThrow().end()).isEqualTo(End.OUT_OF_MEMORY);
    }

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Quarantined.class);
    JsonNode error = json("failed/a.wav.error.json").at("/error");
    assertThat(error.path("code").asText()).isEqualTo("POISON_FILE");
    assertThat(error.path("message").asText()).contains("3 times for want of memory");
    assertThat(error.path("hint").asText()).contains("edge_small");
    assertThat(error.at("/details/sha256").asText()).hasSize(64);
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"OUT_OF_MEMORY", "KILLED_FOR_MEMORY", "FAILED_FOR_MEMORY"})
  void afterAnEndForWantOfMemoryEveryAttemptTakesLittleOfItAndTheResultSaysSo(End lack)
      throws IOException {
    spool.drop("a.wav", 64);
    Task claimed = claimNext();
    TaskFacts facts =
        claimed
            .facts()
            .begun(Attempt.begin(time.instant(), spool.parts.process()))
            .ended(time.instant(), lack, "asr")
            .begun(Attempt.begin(time.instant(), spool.parts.process()))
            .ended(time.instant(), End.FAILED, "asr");
    Task task = claimed.with(facts);
    spool.store.save(task);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);

    JsonNode result = json("outbox/a.wav.json");
    assertThat(result.at("/warnings/0/code").asText()).isEqualTo("LITTLE_MEMORY");
    assertThat(result.at("/warnings/0/stage").asText()).isEqualTo("asr");
    assertThat(result.at("/versions/asr_backend/decoding_params/spares_memory").asBoolean())
        .isTrue();
  }

  @Test
  void anOrdinaryAttemptSparesNoMemory() throws IOException {
    spool.drop("a.wav", 64);
    runNext();

    JsonNode result = json("outbox/a.wav.json");
    assertThat(result.path("warnings").findValuesAsText("code")).doesNotContain("LITTLE_MEMORY");
    assertThat(result.at("/versions/asr_backend/decoding_params").has("spares_memory")).isFalse();
  }

  @Test
  void aKilledProgramLackedMemoryIfTheSystemEndedProcessesForThat() {
    assumeTrue(MemoryKills.count().isPresent(), "the system counts no such ends");

    FailureCode killed = FailureCode.PROCESS_KILLED;
    assertThat(begunAt(-1).endWith(killed)).isEqualTo(End.KILLED_FOR_MEMORY);
    assertThat(begunAt(Long.MAX_VALUE).endWith(killed)).isEqualTo(End.KILLED);
  }

  @Test
  void aModelThatFindsNoMemoryIsTriedAgainWithLittle() throws IOException {
    spool.drop("a.wav", 64);
    failIn(Stage.ASR, FailureCode.MODEL_MEMORY_ERROR);
    TaskOutcome.Deferred first = (TaskOutcome.Deferred) runNext();
    assertThat(first.task().facts().countedAttempts()).isEqualTo(1);
    spool.engines.on(Stage.ASR, context -> {});

    assertThat(spool.runner.run(first.task())).isInstanceOf(TaskOutcome.Published.class);

    assertThat(json("outbox/a.wav.json").path("warnings").findValuesAsText("code"))
        .contains("LITTLE_MEMORY");
  }

  /** An attempt that began when the system had ended so many processes. */
  private Attempt begunAt(long memoryKills) {
    return new Attempt(time.instant(), "boot", 1, null, null, null, 0, memoryKills);
  }

  private static Task begun(Task task, Attempt attempt) {
    return task.with(task.facts().begun(attempt));
  }

  private Task crashedIn(Task task, String stage, int checkpointBytes) throws IOException {
    spool.store.save(begun(task, Attempt.begin(time.instant(), spool.parts.process())));
    TaskFolder folder = spool.store.folder(task);
    Files.writeString(folder.stage(), stage);
    Files.createDirectories(folder.checkpoints());
    Files.writeString(folder.checkpoints().resolve("asr.x"), "x".repeat(checkpointBytes));
    spool = fresh();
    return spool.recovery.recover().get(0);
  }

  @Test
  void aRecordingThatDoesNotFitOnTheDiskWaitsAlone() throws IOException {
    spool.drop("big.wav", 64);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.DISK_FULL, "Expected 4 MB, found 2 MB")
              .withDetail("recording_bytes", 4_000_000);
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(deferred.task().facts().notBefore().orElseThrow()).isAfter(time.instant());
    assertThat(deferred.task().facts().countedAttempts()).isZero();
    assertThat(deferred.reason()).contains("4 MB");
  }

  /** A disk that fills up faster than the decoder asks for space. */
  @Test
  void aRecordingThatFillsTheDiskWaitsAlone_whenTheRoomIsThereAgainAfterIt() throws IOException {
    spool.drop("big.wav", 64);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.DISK_FULL, "No space left on device");
        });

    assertThat(((TaskOutcome.Deferred) runNext()).cause())
        .isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
  }

  @Test
  void powerCutsAreForgivenLongerThanCrashes() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    for (int i = 0; i < 3; i++) {
      ProcessIdentity otherBoot = new ProcessIdentity("boot " + i, 1);
      spool.store.save(begun(task, Attempt.begin(time.instant(), otherBoot)));
      spool = fresh();
      task = spool.recovery.recover().get(0);
    }

    assertThat(task.facts().attemptsEnding(End.POWER_LOST)).isEqualTo(3);
    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void finishedDocumentsWaitForTheOutboxAndAreNotMadeAgain() throws IOException {
    spool.drop("a.wav", 64);
    Path outbox = home.resolve("outbox");
    Files.delete(outbox);
    Files.createFile(outbox);

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.INSTALLATION);
    assertThat(deferred.task()).isInstanceOf(Task.Finished.class);
    Files.delete(outbox);
    Files.createDirectory(outbox);
    failIn(Stage.DECODE, FailureCode.PROCESSING_ERROR);

    assertThat(spool.runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void aFileThatHasTheNameOfASubfolderIsGoneAround() throws IOException {
    spool.drop("talk", 64);
    runNext();
    Files.createFile(home.resolve("outbox/talk"));
    spool.drop("talk/x.wav", 64);

    TaskOutcome.Published published = (TaskOutcome.Published) runNext();

    assertThat(spool.files("archive")).containsExactly("talk", "talk~2/x.wav");
    assertThat(published.entry().documents())
        .containsExactly("talk~2/x.wav.txt", "talk~2/x.wav.json")
        .allSatisfy(name -> assertThat(home.resolve("outbox").resolve(name)).exists());
  }

  @Test
  void aFolderNameThatIsNotTextAndFillsTheLimitIsCut() throws IOException {
    Path folder =
        Files.createDirectory(
            Path.of(URI.create(home.resolve("inbox").toUri() + "%FC" + "n".repeat(253))));
    Files.writeString(folder.resolve("a.wav"), "sound");

    assertThat(runNext()).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("archive")).singleElement().asString().endsWith("/a.wav");
  }

  /** A document that cannot be read stands for a disk or a name that will not be mended. */
  @Test
  void failedArchivingIsRetriedWithBackoffAndBlocksNoOtherTask() throws IOException {
    spool = vanishingAt(FaultPoint.Step.TASK_FINISHED);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task task = spool.recovery.recover().get(0);
    Path document = spool.store.folder(task).document("result.txt");
    Files.delete(document);
    Files.createDirectory(document);

    TaskOutcome.Deferred first = (TaskOutcome.Deferred) spool.runner.run(task);
    time.advance(Duration.ofMinutes(2));
    TaskOutcome.Deferred second = (TaskOutcome.Deferred) spool.runner.run(first.task());

    assertThat(first.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(first.reason()).contains("Is a directory");
    assertThat(second.task().facts().notBefore()).hasValue(time.instant().plusSeconds(120));
    Files.delete(document);
    Files.writeString(document, "mended");
    failIn(Stage.DECODE, FailureCode.PROCESSING_ERROR);
    assertThat(spool.runner.run(second.task())).isInstanceOf(TaskOutcome.Published.class);
  }

  /** Somebody fetched the result while the archive was away and many others ended. */
  @Test
  void aResultThatWasFetchedBeforeItsRecordingCouldBeArchivedIsNotPublishedAgain()
      throws IOException {
    spool.drop("a.wav", 64);
    Task claimed = claimNext();
    Files.delete(home.resolve("archive"));
    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) spool.runner.run(claimed);
    byte[] others = "x".repeat(200).concat("\n").repeat(500).getBytes(StandardCharsets.US_ASCII);
    Files.write(home.resolve("state/history.jsonl"), others, StandardOpenOption.APPEND);
    for (String document : spool.files("outbox")) {
      Files.delete(home.resolve("outbox").resolve(document));
    }
    Files.createDirectory(home.resolve("archive"));

    assertThat(spool.runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);

    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("archive")).containsExactly("a.wav");
  }

  @Test
  void aFailureWhileTheProgramStopsIsAnInterruption() throws IOException {
    spool.drop("a.wav", 64);
    spool.engines.on(
        Stage.DECODE,
        context -> {
          spool.runner.running().orElseThrow().stop(Reason.SHUTDOWN, "the program stops");
          throw new ProcessingException(FailureCode.AUDIO_DECODE_ERROR, "its ffmpeg was ended");
        });

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.SHUTDOWN);
    assertThat(deferred.task().facts().countedAttempts()).isZero();
    assertThat(spool.files("failed")).isEmpty();
  }

  @Test
  void aKilledProgramIsTriedAgainApartFromTheAttemptsOfTheRecording() throws IOException {
    spool.drop("a.wav", 64);
    failIn(Stage.DECODE, FailureCode.PROCESS_KILLED);
    TaskOutcome outcome = runNext();
    int tries = 1;
    while (outcome instanceof TaskOutcome.Deferred deferred) {
      assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
      assertThat(deferred.task().facts().countedAttempts()).isZero();
      assertThat(deferred.task().facts().notBefore().orElseThrow()).isAfter(time.instant());
      outcome = spool.runner.run(deferred.task());
      tries++;
    }

    assertThat(tries).isEqualTo(TaskLimits.DEFAULTS.powerCuts());
    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("PROCESS_KILLED");
  }

  /** Its permission went after the claim; it must not lock the recording into the work folder. */
  @Test
  void aSidecarThatCannotBeReadAnyMoreFailsItsRecordingAndStaysBehind() throws Exception {
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

    OrdinaryUser.call(() -> spool.runner.run(spool.runner.cancel(task)));

    assertThat(spool.files("failed"))
        .containsExactly("a.wav", "a.wav.error.json", "a.wav.error.txt");
    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("CANCELLED");
    assertThat(spool.files("work")).isEmpty();
  }

  @Test
  void aMistakeOfOursAfterTheEnginesLetsTheTaskWaitAndNotTheOthers() throws IOException {
    spool = failingAt(FaultPoint.Step.DOCUMENTS_PUBLISHED, new IllegalStateException("a mistake"));
    spool.drop("a.wav", 64);

    TaskOutcome.Deferred deferred = (TaskOutcome.Deferred) runNext();

    assertThat(deferred.cause()).isEqualTo(TaskOutcome.Deferred.Cause.RETRY);
    assertThat(deferred.task().facts().notBefore()).hasValue(time.instant().plusSeconds(30));
    assertThat(fresh().runner.run(deferred.task())).isInstanceOf(TaskOutcome.Published.class);
  }

  @Test
  void aTaskWhoseFolderSomebodyRemovedIsOver() throws IOException {
    spool = vanishingAt(FaultPoint.Step.TASK_FINISHED);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task task = spool.recovery.recover().get(0);
    spool.store.remove(task);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Returned.class);
  }

  @Test
  void documentsThatWereTakenAwayAreNotPublishedAgainAfterACrash() throws IOException {
    spool = vanishingAt(FaultPoint.Step.HISTORY_WRITTEN);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    Files.delete(home.resolve("outbox/a.wav.json"));
    Files.delete(home.resolve("outbox/a.wav.txt"));

    spool = fresh();
    TaskOutcome outcome = spool.runner.run(spool.recovery.recover().get(0));

    assertThat(outcome).isInstanceOf(TaskOutcome.Published.class);
    assertThat(((TaskOutcome.Published) outcome).entry().documents())
        .containsExactly("a.wav.txt", "a.wav.json");
    assertThat(spool.files("outbox")).isEmpty();
    assertThat(spool.files("archive")).containsExactly("a.wav");
    assertThat(spool.places.history().recent(10_000)).hasSize(1);
  }

  @Test
  void resultsThatAreMissingAreMadeAgain() throws IOException {
    spool = vanishingAt(FaultPoint.Step.TASK_FINISHED);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task task = spool.recovery.recover().get(0);
    Files.delete(spool.store.folder(task).document("result.json"));

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("outbox")).containsExactly("a.wav.json", "a.wav.txt");
  }

  @Test
  void aDocumentOfAnEarlierAttemptIsNotPublishedWithTheResult() throws IOException {
    spool = vanishingAt(FaultPoint.Step.DOCUMENT_WRITTEN);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    sidecar("a.wav", "{\"output_formats\": [\"json\"]}");

    spool = fresh();
    TaskOutcome waiting = spool.runner.run(spool.recovery.recover().get(0));
    time.advance(SETTLED);
    spool.runner.run(waiting.task());

    assertThat(spool.files("outbox")).containsExactly("a.wav.json");
  }

  private ScratchSpool vanishingAt(FaultPoint.Step where) {
    return at(
        where,
        () -> {
          throw new AssertionError("vanished");
        });
  }

  private ScratchSpool failingAt(FaultPoint.Step where, RuntimeException failure) {
    return at(
        where,
        () -> {
          throw failure;
        });
  }

  private ScratchSpool at(FaultPoint.Step where, Runnable fault) {
    return new ScratchSpool(
        home,
        new TaskClock(time, time),
        TaskSettings.DEFAULTS,
        step -> {
          if (step == where) {
            fault.run();
          }
        });
  }

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

  /** As when a network file system is away: a name too long fails the look in the same way. */
  @Test
  void aRecordingThatCannotBeLookedAtIsNotTakenForOneThatHasLeft() throws IOException {
    spool = vanishingAt(FaultPoint.Step.HISTORY_WRITTEN);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    spool = fresh();
    Task published = withInputThatCannotBeLookedAt(spool.recovery.recover().get(0));

    assertThat(spool.runner.run(published)).isInstanceOf(TaskOutcome.Deferred.class);
    assertThat(spool.runner.run(new Task.Claimed(published.facts())))
        .isInstanceOf(TaskOutcome.Deferred.class);
    assertThat(spool.files("work")).anyMatch(name -> name.endsWith("/input.wav"));
  }

  @Test
  void aStartThatCannotLookAtARecordingKeepsItsTask() throws IOException {
    spool.drop("a.wav", 64);
    spool.store.save(withInputThatCannotBeLookedAt(claimNext()));

    assertThat(fresh().recovery.recover()).hasSize(1);
    assertThat(spool.files("work")).anyMatch(name -> name.endsWith("/input.wav"));
  }

  private static Task withInputThatCannotBeLookedAt(Task task) {
    return task.with(task.facts().withInputName("x".repeat(300)));
  }

  /** As 'maie-edge cancel' looks for a task while the daemon saves it. */
  @Test
  void lookingForATaskRemovesNothingThatIsBeingWritten() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Path halfWritten = DurableFiles.temporaryIn(spool.store.folder(task).path());
    Files.writeString(halfWritten, "{");

    assertThat(spool.store.holds("a.wav")).isTrue();
    assertThat(halfWritten).exists();
  }

  @Test
  void aClaimThatFoundNothingLeavesNothing() throws IOException {
    Path dropped = spool.drop("a.wav", 64);
    Candidate candidate = settled().get(0);
    Files.delete(dropped);

    assertThat(spool.claims.claim(candidate)).isEmpty();
    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aClaimThatFailedLeavesNoTask() throws IOException {
    spool = failingAt(FaultPoint.Step.TASK_FOLDER_MADE, new IllegalStateException("a mistake"));
    spool.drop("a.wav", 64);

    assertThatThrownBy(this::claimNext).hasMessage("a mistake");

    assertThat(home.resolve("work")).isEmptyDirectory();
  }

  /** The copy has another inode than the task tells of, until the claim is completed. */
  @Test
  void aClaimByCopyThatWasCutOffIsProcessedOnce() throws IOException {
    spool = vanishingAt(FaultPoint.Step.RECORDING_CLAIMED);
    Files.createLink(home.resolve("second name"), spool.drop("a.wav", 64));
    assertThatThrownBy(this::claimNext).hasMessage("vanished");

    spool = fresh();
    TaskOutcome outcome = spool.runner.run(spool.recovery.recover().get(0));

    assertThat(outcome).isInstanceOf(TaskOutcome.Published.class);
    assertThat(spool.files("archive")).containsExactly("a.wav");
  }

  @Test
  void aRecordingThatChangedBeforeItsTurnGoesBackUnprocessed() throws IOException {
    spool.drop("a.wav", 64);
    Task task = claimNext();
    Files.write(spool.store.folder(task).input(task), new byte[128]);
    failIn(Stage.DECODE, FailureCode.MODEL_MISSING);

    assertThat(spool.runner.run(task)).isInstanceOf(TaskOutcome.Returned.class);
    assertThat(spool.files("inbox")).containsExactly("a.wav");
  }

  @Test
  void aRecordingThatStaysEmptyFailsAfterTheGraceTime() throws IOException {
    spool.drop("a.wav", 0);
    spool.inbox.scan();
    time.advance(Duration.ofMinutes(2));

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText()).isEqualTo("EMPTY_FILE");
  }

  @Test
  void aNameThatIsNotTextIsProcessedAndToldInHexadecimalDigits() throws IOException {
    Path inbox = home.resolve("inbox");
    Process touch =
        new ProcessBuilder("bash", "-c", "printf abcd > $'" + inbox + "/m\\xfcller.wav'")
            .inheritIO()
            .start();
    assertThat(waitFor(touch)).isZero();

    assertThat(runNext()).isInstanceOf(TaskOutcome.Published.class);

    String name =
        spool.files("outbox").stream()
            .filter(file -> file.endsWith(".json"))
            .findFirst()
            .orElseThrow();
    assertThat(json("outbox/" + name).at("/source/name_raw_hex").asText())
        .isEqualTo("6dfc6c6c65722e776176");
  }

  @Test
  void aNameThatTheOutboxCannotHoldIsToldWithTheOneThatItTook() throws IOException {
    String name = "ü".repeat(125) + ".wav";
    spool.drop(name, 64);

    runNext();

    String published = spool.files("outbox").get(0);
    JsonNode source = json("outbox/" + published).at("/source");
    assertThat(source.path("name").asText()).isEqualTo(name);
    assertThat(source.path("safe_path").asText()).isEqualTo(published).isNotEqualTo(name + ".json");
  }

  @Test
  void publishedAndMovedFilesAreOpenToTheGroup() throws IOException {
    Path dropped = spool.drop("a.wav", 64);
    Files.setPosixFilePermissions(dropped, PosixFilePermissions.fromString("rw-------"));

    runNext();

    for (String file : List.of("outbox/a.wav.json", "archive/a.wav")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
          .isEqualTo("rw-rw-r--");
    }
  }

  private TaskOutcome runNext() throws IOException {
    return spool.runner.run(claimNext());
  }

  private Task claimNext() throws IOException {
    return spool.claims.claim(settled().get(0)).orElseThrow();
  }

  private List<Candidate> settled() {
    spool.inbox.scan();
    time.advance(Duration.ofSeconds(30));
    return spool.inbox.scan().ready();
  }

  private void failIn(Stage stage, FailureCode code) {
    spool.engines.on(
        stage,
        context -> {
          throw new ProcessingException(code, "scripted failure");
        });
  }

  private void sidecar(String recording, String content) throws IOException {
    Files.writeString(home.resolve("inbox").resolve(recording + ".job.json"), content);
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(home.resolve(file).toFile());
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
