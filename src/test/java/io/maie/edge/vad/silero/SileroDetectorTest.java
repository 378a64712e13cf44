package io.maie.edge.vad.silero;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import io.maie.edge.vad.GoldenRegions;
import io.maie.edge.vad.SpeechRegionRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SileroDetectorTest {
  /** The frozen values are rounded to 1e-4, and kernels differ in the last bits by machine. */
  private static final double PROBABILITY_TOLERANCE = 2e-3;

  /** One window: where a probability lies at a threshold, a last bit moves a boundary by that. */
  private static final long REGION_TOLERANCE = 512;

  private static final SpeechRegionRules AT_MOST_5_S =
      new SpeechRegionRules(
          0.5,
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofMillis(30));

  private static final SpeechRegionRules SHORT_PAUSES =
      new SpeechRegionRules(
          0.5, Duration.ofMillis(200), Duration.ofMillis(500), null, Duration.ofMillis(100));

  private final OnnxRuntime runtime =
      new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system());

  @TempDir Path folder;

  @AfterEach
  void closeRuntime() {
    runtime.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jfk.flac", "ami/dev00.flac"})
  void probabilitiesAreThoseOfTheOriginal(String name) throws Exception {
    JsonNode golden = recording("/golden/vad/regions-recordings.json", name);
    List<Double> probabilities = new ArrayList<>();

    try (PcmFile audio = decoded(name)) {
      published().scan(audio, probabilities::add, StageContext.disabled());
    }

    assertThat(probabilities).hasSize(golden.path("probabilities").size());
    for (int i = 0; i < probabilities.size(); i++) {
      assertThat(probabilities.get(i))
          .as("window %s", i)
          .isCloseTo(golden.path("probabilities").get(i).asDouble(), within(PROBABILITY_TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jfk.flac", "ami/dev00.flac"})
  void regionsAreThoseOfTheOriginalForEveryRule(String name) throws Exception {
    JsonNode document = GoldenRegions.read("/golden/vad/regions-recordings.json");
    JsonNode golden = recording("/golden/vad/regions-recordings.json", name);

    try (PcmFile audio = decoded(name)) {
      for (var options : document.path("options").properties()) {
        assertClose(
            GoldenRegions.pairs(
                published()
                    .detect(
                        audio, GoldenRegions.rules(options.getValue()), StageContext.disabled())),
            GoldenRegions.pairs(golden.path("regions").path(options.getKey())));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libri-1272-141231-0002.wav",
        "ami/dev01.flac",
        "ami/trn02.flac",
        "ami/trn05.flac",
        "ami/trn09.flac"
      })
  void modelAndRulesTogetherAreThoseOfTheOriginal(String name) throws Exception {
    JsonNode regions = recording("/golden/vad/regions-shared.json", name).path("regions");

    try (PcmFile audio = decoded(name)) {
      assertClose(
          GoldenRegions.pairs(
              published().detect(audio, SpeechRegionRules.DEFAULTS, StageContext.disabled())),
          GoldenRegions.pairs(regions.path("defaults")));
      assertClose(
          GoldenRegions.pairs(published().detect(audio, AT_MOST_5_S, StageContext.disabled())),
          GoldenRegions.pairs(regions.path("at most 5 s")));
    }
  }

  @Test
  void aShippedSampleGivesTheProbabilitiesAndRegionsOfTheOriginal() throws Exception {
    JsonNode golden = GoldenRegions.read("/golden/vad/sample.json");
    List<Double> probabilities = new ArrayList<>();

    try (PcmFile audio =
        decoded(Path.of("src", "main", "dist", "samples", golden.path("recording").asText()))) {
      published().scan(audio, probabilities::add, StageContext.disabled());
      assertClose(
          GoldenRegions.pairs(
              published().detect(audio, SpeechRegionRules.DEFAULTS, StageContext.disabled())),
          GoldenRegions.pairs(golden.path("regions")));
    }

    assertThat(probabilities).hasSize(golden.path("probabilities").size());
    for (int i = 0; i < probabilities.size(); i++) {
      assertThat(probabilities.get(i))
          .as("window %s", i)
          .isCloseTo(golden.path("probabilities").get(i).asDouble(), within(PROBABILITY_TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quiet-2s-first.flac", "quiet-10s-first.flac", "room-noise-10s-first.ogg"})
  void speechBehindAQuietLeadInIsFoundWhereItIs(String name) throws Exception {
    long lead = name.contains("10s") ? 160_000 : 32_000;
    List<List<Long>> atOnce;
    List<List<Long>> later;

    try (PcmFile audio =
        decoded(SharedMaterial.require("cases", "30-quiet-lead-in", "quiet-0s-first.flac"))) {
      atOnce =
          GoldenRegions.pairs(published().detect(audio, SHORT_PAUSES, StageContext.disabled()));
    }
    try (PcmFile audio = decoded(SharedMaterial.require("cases", "30-quiet-lead-in", name))) {
      later = GoldenRegions.pairs(published().detect(audio, SHORT_PAUSES, StageContext.disabled()));
    }

    assertThat(later).hasSameSizeAs(atOnce);
    for (int i = 0; i < atOnce.size(); i++) {
      assertThat(later.get(i).get(0)).isCloseTo(atOnce.get(i).get(0) + lead, within(1_600L));
      assertThat(later.get(i).get(1)).isCloseTo(atOnce.get(i).get(1) + lead, within(1_600L));
    }
  }

  @Test
  void versionFourIsSpokenToo() throws Exception {
    JsonNode golden = GoldenRegions.read("/silero/v4.json").path("probabilities");
    float[] samples = new float[5_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) ((7_919L * i % 2_001 - 1_000) / 1_000.0 * (i / 5_000.0));
    }
    List<Double> probabilities = new ArrayList<>();

    versionFour()
        .scan(SampleSource.of(Waveform.of(samples)), probabilities::add, StageContext.disabled());

    assertThat(probabilities).hasSize(golden.size());
    for (int i = 0; i < golden.size(); i++) {
      assertThat(probabilities.get(i)).isCloseTo(golden.get(i).asDouble(), within(1e-5));
    }
  }

  @Test
  void everyRecordingStartsAfresh() throws Exception {
    SileroDetector detector = versionFour();
    SampleSource audio = SampleSource.of(Waveform.of(noise(20_000)));
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();

    detector.scan(audio, first::add, StageContext.disabled());
    detector.scan(audio, second::add, StageContext.disabled());

    assertThat(second).isEqualTo(first);
  }

  @Test
  void blocksJoinWithoutASeam() throws Exception {
    float[] samples = noise(700 * 512 + 100);
    List<Double> whole = new ArrayList<>();
    List<Double> tail = new ArrayList<>();

    versionFour().scan(SampleSource.of(Waveform.of(samples)), whole::add, StageContext.disabled());
    versionFour()
        .scan(
            SampleSource.of(
                Waveform.of(java.util.Arrays.copyOfRange(samples, 500 * 512, samples.length))),
            tail::add,
            StageContext.disabled());

    assertThat(whole).hasSize(701);
    // what came before the tail is forgotten after some windows
    assertThat(whole.get(700)).isCloseTo(tail.get(200), within(1e-6));
    assertThat(whole.get(500)).isNotCloseTo(tail.get(0), within(1e-6));
  }

  @Test
  void audioWithoutSamplesHasNoRegions() throws Exception {
    assertThat(
            versionFour()
                .detect(
                    SampleSource.of(Waveform.of(new float[0])),
                    SpeechRegionRules.DEFAULTS,
                    StageContext.disabled()))
        .isEmpty();
  }

  @Test
  void aStopIsNoticedBetweenBlocksAndProgressIsReported() throws Exception {
    SampleSource audio = SampleSource.of(Waveform.of(new float[3 * 512 * 512]));
    List<Double> shares = new ArrayList<>();
    StageContext stopping =
        new StageContext(
            shares::add,
            () -> {
              if (shares.size() == 2) {
                throw new TaskStoppedException(TaskStoppedException.Reason.CANCELLED, "stop");
              }
            },
            Checkpoint.disabled());

    assertThatThrownBy(() -> versionFour().detect(audio, SpeechRegionRules.DEFAULTS, stopping))
        .isInstanceOf(TaskStoppedException.class);
    assertThat(shares).containsExactly(0.0, 1.0 / 3);
  }

  /** A crash before is one of the opening of the model, and not of the recording. */
  @Test
  void theBlockThatIsHeardIsNamedOnceTheModelIsOpen() throws Exception {
    List<String> named = new ArrayList<>();
    Checkpoint checkpoint =
        new Checkpoint() {
          @Override
          public Optional<byte[]> load(String name) {
            return Optional.empty();
          }

          @Override
          public void save(String name, byte[] value) {}

          @Override
          public void begin(String step) {
            named.add(step);
          }
        };

    versionFour()
        .detect(
            SampleSource.of(Waveform.of(new float[512 * 512 + 1])),
            SpeechRegionRules.DEFAULTS,
            new StageContext(Progress.disabled(), Cancellation.disabled(), checkpoint));

    assertThat(named).containsExactly("sound from sample 0", "sound from sample 262144", "");
  }

  @Test
  void theModelNamesItsRulesAndChecksum() throws Exception {
    SileroDetector detector = versionFour();

    detector.detect(
        SampleSource.of(Waveform.of(new float[512])),
        SpeechRegionRules.DEFAULTS,
        new StageContext(Progress.disabled(), Cancellation.disabled(), Checkpoint.disabled()));

    assertThat(detector.model().checkpointHash()).isEqualTo("sha256:4");
    assertThat(detector.model().decodingParams())
        .containsEntry("threshold", 0.5)
        .containsEntry("negative_threshold", 0.35)
        .containsEntry("min_silence_ms", 100L);
  }

  @Test
  void anotherModelIsRefusedWithWhatItTakes() throws Exception {
    Path other = copied("/onnx/arithmetic.onnx");

    ProcessingException failure =
        catchThrowableOfType(
            ProcessingException.class,
            () ->
                new SileroDetector(runtime, other, PublishedSilero.options("other", "", "sha256:0"))
                    .detect(
                        SampleSource.of(Waveform.of(new float[512])),
                        SpeechRegionRules.DEFAULTS,
                        StageContext.disabled()));

    assertThat(failure.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR);
    assertThat(failure).hasMessageContaining("found [x, y, n]");
  }

  private SileroDetector published() {
    return new SileroDetector(
        runtime,
        Path.of("models", "silero-vad", "silero_vad.onnx"),
        PublishedSilero.options("silero", "v5", "sha256:5"));
  }

  private SileroDetector versionFour() throws IOException {
    return new SileroDetector(
        runtime, copied("/silero/v4.onnx"), PublishedSilero.options("v4", "v4", "sha256:4"));
  }

  private Path copied(String resource) throws IOException {
    Path target = folder.resolve("model.onnx");
    try (InputStream in = SileroDetectorTest.class.getResourceAsStream(resource)) {
      Files.write(target, requireNonNull(in, resource).readAllBytes());
    }
    return target;
  }

  private PcmFile decoded(String name) throws Exception {
    return decoded(SharedMaterial.require("audio", name));
  }

  /**
   * Decodes like the golden values were made: mixed and resampled by ffmpeg alone, at its own
   * level.
   */
  private PcmFile decoded(Path file) throws Exception {
    return PcmFile.open(RecordedSamples.decoded(file, folder.resolve("audio.pcm")));
  }

  private static JsonNode recording(String resource, String name) throws IOException {
    for (JsonNode recording : GoldenRegions.read(resource).path("recordings")) {
      if (recording.path("recording").asText().equals(name)) {
        return recording;
      }
    }
    throw new IllegalArgumentException("no golden values of '" + name + "'");
  }

  private static void assertClose(List<List<Long>> found, List<List<Long>> golden) {
    assertThat(golden).isNotEmpty();
    assertThat(found).hasSameSizeAs(golden);
    for (int i = 0; i < golden.size(); i++) {
      assertThat(found.get(i).get(0)).isCloseTo(golden.get(i).get(0), within(REGION_TOLERANCE));
      assertThat(found.get(i).get(1)).isCloseTo(golden.get(i).get(1), within(REGION_TOLERANCE));
    }
  }

  private static float[] noise(int samples) {
    float[] noise = new float[samples];
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) (random.nextGaussian() * 0.1);
    }
    return noise;
  }
}
