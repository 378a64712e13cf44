package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.maie.edge.asr.hallucination.HallucinationFilter;
import io.maie.edge.asr.hallucination.HallucinationOptions;
import io.maie.edge.asr.hallucination.HallucinationPatterns;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.StageTiming.Outcome;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.StageMonitor;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.AsrBackend;
import io.maie.edge.request.Feature;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.result.CleanedText;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Summary;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScriptedDecoder;
import io.maie.edge.testing.ScriptedEngines;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.RemovalRule;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PipelineTest {
  private static final byte[] SPEECH = {0, 0, 1, 1, 2, 2, 3, 3};

  @TempDir private Path folder;
  private Path recording;
  private final ManualTicker ticker = new ManualTicker();
  private final ScriptedEngines engines = new ScriptedEngines();

  @BeforeEach
  void writeRecording() throws IOException {
    recording = Files.write(folder.resolve("größe 1.wav"), SPEECH);
  }

  @Test
  void speechBecomesATranscriptWithTheIdentityOfEverythingThatMadeIt() throws Exception {
    PipelineResult result = run(RecordingParameters.DEFAULTS);

    assertThat(result.regions()).containsExactly(new SpeechRegion(new SampleSpan(1, 4)));
    assertThat(result.transcript().text()).isEqualTo("heard 3 samples");
    assertThat(result.audio().sha256()).isEqualTo(ScriptedDecoder.sha256(SPEECH));
    assertThat(result.vadModel()).isNotNull();
    assertThat(result.asrModel()).isNotNull();
  }

  @Test
  void silenceIsSuccessWithAnEmptyTranscript() throws Exception {
    Files.write(recording, new byte[64]);

    PipelineResult result = run(RecordingParameters.DEFAULTS);

    assertThat(result.regions()).isEmpty();
    assertThat(result.transcript().segments()).isEmpty();
    assertThat(result.asrModel()).isNotNull();
  }

  @Test
  void withoutVoiceActivityDetectionTheWholeRecordingIsOneRegion() throws Exception {
    PipelineResult result = run(parameters(Set.of(Feature.RAW_TRANSCRIPT), false, false));

    assertThat(result.regions()).containsExactly(new SpeechRegion(new SampleSpan(0, 4)));
    assertThat(result.vadModel()).isNull();
    assertThat(outcome(result, Stage.VAD)).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void aFailingDetectorCostsAWarningAndNotTheTranscript() throws Exception {
    engines.on(Stage.VAD, context -> fail(FailureCode.PROCESSING_ERROR));

    PipelineResult result = run(RecordingParameters.DEFAULTS);

    assertThat(result.transcript().text()).isEqualTo("heard 4 samples");
    assertThat(codes(result)).contains(WarningCode.VAD_FAILED);
    assertThat(outcome(result, Stage.VAD)).isEqualTo(Outcome.FAILED);
    assertThat(result.vadModel()).isNull();
  }

  @Test
  void aMissingDetectorModelStopsTheTask() {
    engines.on(Stage.VAD, context -> fail(FailureCode.MODEL_MISSING));

    assertThatExceptionOfType(ProcessingException.class)
        .isThrownBy(() -> run(RecordingParameters.DEFAULTS))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_MISSING));
  }

  @Test
  void figuresAboutACleanTranscriptThatNobodyAskedForAreSkippedWithAWarning() throws Exception {
    PipelineResult result = run(parameters(EnumSet.of(Feature.ENHANCEMENT_METRICS), true, false));

    assertThat(result.warnings())
        .extracting(Warning::message)
        .singleElement()
        .asString()
        .contains("enhancement_metrics", "clean_transcript");
    assertThat(result.cleaned()).isNull();
  }

  @Test
  void aSummaryIsMadeByTheTemplateThatWasAskedFor() throws Exception {
    engines.hearing(talk("We painted the old bridge. The bridge is green now."));

    PipelineResult result = run(summarized("generic_summary_en_v2"));

    Summary summary = requireNonNull(result.summary());
    assertThat(summary.engine()).isEqualTo("extractive");
    assertThat(summary.content()).containsKeys("title", "summary", "key_topics", "tags");
    assertThat(result.cleaned()).as("not asked for").isNull();
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void aTemplateThatDoesNotExistStopsTheTaskBeforeAnyWork() {
    assertThatExceptionOfType(ProcessingException.class)
        .isThrownBy(() -> run(summarized("generic_summary_en_v3")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETERS))
        .withMessageContaining("did you mean 'generic_summary_en_v2'");
  }

  @Test
  void silenceHasNoSummaryAndAWarningThatTellsWhy() throws Exception {
    engines.hearing(Transcript.of(List.of()));

    PipelineResult result = run(summarized("meeting_notes_v2"));

    assertThat(result.summary()).isNull();
    assertThat(codes(result)).containsExactly(WarningCode.SUMMARY_INCOMPLETE);
  }

  @Test
  void aTextIsTakenForATranscript() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "S1: we need\nto paint\n\nS2: yes");

    PipelineResult result =
        new Pipeline(engines.engines(), ScriptedEngines.RULES, ticker)
            .read(
                text,
                parameters(EnumSet.of(Feature.CLEAN_TRANSCRIPT), true, false),
                stage -> StageContext.disabled());

    assertThat(requireNonNull(result.cleaned()).transcript().paragraphs())
        .extracting(paragraph -> paragraph.speaker() + " " + paragraph.text())
        .containsExactly("S1 We need to paint.", "S2 Yes.");
    assertThat(result.isTranscribed()).isTrue();
    assertThat(result.asrModel()).isNull();
    assertThat(result.audio().format()).isEqualTo("text/plain");
  }

  @Test
  void theNamesInATextAreThoseOfItsSpeakers() throws Exception {
    Path text =
        Files.writeString(
            folder.resolve("notes.txt"),
            "Anna: I'll send the report by Friday.\nBo: Good.\nAnna: The roof is done.");

    PipelineResult result =
        new Pipeline(engines.engines(), ScriptedEngines.RULES, ticker)
            .read(text, summarized("meeting_notes_v2"), stage -> StageContext.disabled());

    assertThat(requireNonNull(result.diarized()).names())
        .isEqualTo(Map.of("S1", "Anna", "S2", "Bo"));
    assertThat(requireNonNull(result.summary()).content().get("người_tham_gia"))
        .isEqualTo(List.of("Anna", "Bo"));
  }

  @Test
  void aTranslationIsCleanedAsEnglish() throws Exception {
    engines.hearing(
        Transcript.of(
            new Language("vi", 1),
            List.of(new Segment(new SampleSpan(0, 4), "i met daniel on monday", 1, List.of()))));
    ParameterLayer layer =
        ParameterReader.check(
            "test",
            Map.of("features", List.of("clean_transcript"), "translate", true),
            UnaryOperator.identity());

    PipelineResult result =
        run(ValidatedParameters.merge(RecordingParameters.DEFAULTS, List.of(layer)).orThrow());

    assertThat(requireNonNull(result.cleaned()).transcript().text())
        .isEqualTo("I met Daniel on Monday.");
    assertThat(result.transcript().language()).contains(new Language("vi", 1));
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    Path text = Files.write(folder.resolve("notes.txt"), new byte[] {(byte) 0xC3, 0x28});

    assertThatExceptionOfType(ProcessingException.class)
        .isThrownBy(
            () ->
                new Pipeline(engines.engines(), ScriptedEngines.RULES, ticker)
                    .read(text, RecordingParameters.DEFAULTS, stage -> StageContext.disabled()))
        .withMessageContaining("UTF-8");
  }

  private static Transcript talk(String text) {
    return Transcript.of(
        new Language("en", 1), List.of(new Segment(new SampleSpan(0, 4), text, 1, List.of())));
  }

  private static RecordingParameters summarized(String template) throws ProcessingException {
    ParameterLayer layer =
        ParameterReader.check(
            "test",
            Map.of("features", List.of("summary"), "template_id", template),
            UnaryOperator.identity());
    return ValidatedParameters.merge(RecordingParameters.DEFAULTS, List.of(layer)).orThrow();
  }

  @Test
  void aCleanTranscriptIsMadeOfWhatWasHeard() throws Exception {
    PipelineResult result =
        run(
            parameters(
                EnumSet.of(Feature.CLEAN_TRANSCRIPT, Feature.ENHANCEMENT_METRICS), true, false));

    CleanedText cleaned = requireNonNull(result.cleaned());
    assertThat(cleaned.transcript().text()).isEqualTo("Heard 3 samples.");
    assertThat(cleaned.figures().sentences()).isEqualTo(1);
    assertThat(outcome(result, Stage.TEXT)).isEqualTo(Outcome.OK);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void speakersAndTheirModelsStandInTheResult() throws Exception {
    PipelineResult result = run(parameters(Set.of(Feature.RAW_TRANSCRIPT), true, true));

    assertThat(result.transcript().segments())
        .extracting(Segment::speaker)
        .containsExactly(new SpeakerLabel("S1", false));
    Diarized diarized = requireNonNull(result.diarized());
    assertThat(diarized.turns()).containsExactly(new Turn(new SampleSpan(0, 4), 1));
    assertThat(diarized.models())
        .extracting(ModelIdentity::name)
        .containsExactly("scripted-segmentation", "scripted-embedding");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESSING_ERROR", "MODEL_MISSING", "MODEL_MEMORY_ERROR"})
  void failingDiarizationCostsAWarningAndNotTheTranscript(FailureCode code) throws Exception {
    engines.on(Stage.DIARIZATION, context -> fail(code));

    PipelineResult result = run(parameters(Set.of(Feature.RAW_TRANSCRIPT), true, true));

    assertThat(result.transcript().text()).isEqualTo("heard 3 samples");
    assertThat(result.diarized()).isNull();
    assertThat(codes(result)).contains(WarningCode.DIARIZATION_FAILED);
    assertThat(outcome(result, Stage.DIARIZATION)).isEqualTo(Outcome.FAILED);
  }

  @Test
  void withoutBeingAskedNobodyLooksForSpeakers() throws Exception {
    PipelineResult result = run(RecordingParameters.DEFAULTS);

    assertThat(result.diarized()).isNull();
    assertThat(result.timings()).extracting(StageTiming::stage).doesNotContain(Stage.DIARIZATION);
  }

  @Test
  void recognitionIsSkippedWithoutFeaturesThatNeedIt() throws Exception {
    PipelineResult result = run(parameters(EnumSet.of(Feature.ENHANCEMENT_METRICS), true, false));

    assertThat(result.asrModel()).isNull();
    assertThat(result.transcript().text()).isEmpty();
    assertThat(outcome(result, Stage.ASR)).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void aModelOfManyLanguagesWarnsOfNothing() throws Exception {
    engines.knowing("en", "vi");

    assertThat(codes(run(RecordingParameters.DEFAULTS))).isEmpty();
  }

  @Test
  void aModelOfOneLanguageThatIsSureOfItsTextWarnsOfNothing() throws Exception {
    engines.knowing("en");

    assertThat(codes(run(RecordingParameters.DEFAULTS))).isEmpty();
  }

  @Test
  void aModelOfOneLanguageThatIsUnsureOfItsTextWarnsOfOtherLanguages() throws Exception {
    engines.knowing("en");
    engines.hearing(
        Transcript.of(
            List.of(new Segment(new SampleSpan(0, 16_000), "cam us thou", 0.3, List.of()))));

    PipelineResult result = run(RecordingParameters.DEFAULTS);

    assertThat(codes(result)).contains(WarningCode.LANGUAGE_ASSUMED);
    assertThat(result.warnings().get(result.warnings().size() - 1).message())
        .contains("'scripted-asr' knows 'en' only");
  }

  @Test
  void removedTextIsHandedOverWithTheFilterIdentity() throws Exception {
    engines.filteredBy(
        new HallucinationFilter(HallucinationOptions.DEFAULTS, HallucinationPatterns.EMPTY));
    engines.hearing(
        Transcript.of(
            List.of(
                new Segment(new SampleSpan(0, 2), "...", 0.5, List.of()),
                new Segment(new SampleSpan(2, 4), "Well.", 0.5, List.of()))));

    PipelineResult result = run(RecordingParameters.DEFAULTS);

    assertThat(result.transcript().text()).isEqualTo("Well.");
    assertThat(result.removed())
        .containsExactly(new RemovedSegment(new SampleSpan(0, 2), "...", RemovalRule.BLANK, null));
    assertThat(result.filter()).isNotNull();
  }

  @Test
  void eachStageIsTimed() throws Exception {
    engines.on(Stage.DECODE, context -> ticker.advance(Duration.ofMillis(30)));
    engines.on(Stage.ASR, context -> ticker.advance(Duration.ofSeconds(2)));

    PipelineResult result = run(RecordingParameters.DEFAULTS);

    assertThat(result.timings())
        .containsExactly(
            new StageTiming(Stage.DECODE, Duration.ofMillis(30), Outcome.OK),
            new StageTiming(Stage.VAD, Duration.ZERO, Outcome.OK),
            new StageTiming(Stage.ASR, Duration.ofSeconds(2), Outcome.OK));
  }

  @Test
  void aFileWithoutSamplesIsEmpty() throws Exception {
    Files.write(recording, new byte[1]);

    assertThatExceptionOfType(ProcessingException.class)
        .isThrownBy(() -> run(RecordingParameters.DEFAULTS))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.EMPTY_FILE));
  }

  @Test
  void theSamplesAreGoneAfterwards_alsoAfterAFailure() throws Exception {
    run(RecordingParameters.DEFAULTS);
    assertThat(folder.resolve(Pipeline.PCM_NAME)).doesNotExist();

    engines.on(Stage.ASR, context -> fail(FailureCode.ASR_PROCESSING_ERROR));
    assertThatExceptionOfType(ProcessingException.class)
        .isThrownBy(() -> run(RecordingParameters.DEFAULTS));
    assertThat(folder.resolve(Pipeline.PCM_NAME)).doesNotExist();
  }

  @Test
  void aStopRequestEndsTheRunBeforeTheNextStage() {
    StageMonitor monitor =
        stage ->
            new StageContext(
                fraction -> {},
                () -> {
                  if (stage == Stage.VAD) {
                    throw new TaskStoppedException(TaskStoppedException.Reason.SHUTDOWN, "stop");
                  }
                },
                StageContext.disabled().checkpoint());
    engines.on(Stage.ASR, context -> fail(FailureCode.PROCESSING_ERROR));

    assertThatExceptionOfType(TaskStoppedException.class)
        .isThrownBy(() -> pipeline().run(recording, folder, RecordingParameters.DEFAULTS, monitor));
  }

  private PipelineResult run(RecordingParameters parameters) throws Exception {
    return pipeline().run(recording, folder, parameters, stage -> StageContext.disabled());
  }

  private Pipeline pipeline() {
    return new Pipeline(engines.engines(), ScriptedEngines.RULES, ticker);
  }

  private static void fail(FailureCode code) throws ProcessingException {
    throw new ProcessingException(code, "scripted failure");
  }

  private static RecordingParameters parameters(
      Set<Feature> features, boolean vad, boolean diarization) {
    RecordingParameters d = RecordingParameters.DEFAULTS;
    return new RecordingParameters(
        features,
        null,
        AsrBackend.AUTO,
        null,
        "auto",
        List.of(),
        d.channels(),
        d.tracks(),
        false,
        null,
        List.of(),
        vad,
        0.5,
        diarization,
        null,
        null,
        null,
        d.speakerSource(),
        Map.of(),
        d.cleaning(),
        d.subtitleSpeakers(),
        d.outputFormats(),
        d.allowDuplicate(),
        0,
        Map.of());
  }

  private static List<WarningCode> codes(PipelineResult result) {
    return result.warnings().stream().map(Warning::code).toList();
  }

  private static Outcome outcome(PipelineResult result, Stage stage) {
    return result.timings().stream()
        .filter(timing -> timing.stage() == stage)
        .findFirst()
        .orElseThrow()
        .outcome();
  }
}
