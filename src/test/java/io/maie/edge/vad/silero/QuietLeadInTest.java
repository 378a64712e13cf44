package io.maie.edge.vad.silero;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import io.maie.edge.vad.OnsetHearing;
import io.maie.edge.vad.SpeechRegionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Silence and noise before speech take nothing from it. They may add: where noise turns into
 * another noise at once, the model hears speech for a moment. {@code -Dmaie.leads=all} tries all
 * clips, also behind a minute.
 */
final class QuietLeadInTest {
  private static final int RATE = Waveform.SAMPLE_RATE;
  private static final boolean IS_ALL = "all".equals(System.getProperty("maie.leads"));
  private static final double[] LEADS_SECONDS =
      IS_ALL ? new double[] {0.3, 2, 10, 60} : new double[] {0.3, 2, 10};

  /** The rules of the default settings. */
  private static final SpeechRegionRules RULES =
      new SpeechRegionRules(
          0.5, Duration.ofMillis(200), Duration.ofMillis(500), null, Duration.ofMillis(400));

  /** Level of the room's noise relative to the recording, as a factor: 25 dB below. */
  private static final double NOISE = 0.0562;

  private static final double MOVED_SECONDS = 0.1;

  /** A pause at the end belongs to the speech if it is shorter than the least pause by a window. */
  private static final double END_MOVED_SECONDS = 0.14;

  private static final List<String> USUAL_CLIPS =
      List.of(
          "en-acc-0008.flac",
          "en-acc-0025.flac",
          "en-acc-0037.flac",
          "en-dig-0007.flac",
          "en-l2a-0017.flac",
          "en-l2a-0018.flac",
          "en-l2a-0027.flac",
          "en-l2a-0047.flac",
          "en-l2c-0028.flac",
          "en-meet-0005.flac",
          "en-meet-0007.flac",
          "en-noisy-0007.flac",
          "en-read-0008.flac",
          "en-read-0020.flac",
          "en-read-0030.flac",
          "en-tel-0001.flac",
          "en-xfar-0001.flac",
          "en-xnoise-0002.flac",
          "en-xtel-0004.flac",
          "es-read-0002.flac");

  private final OnnxRuntime runtime =
      new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system());

  @TempDir private Path folder;

  @AfterEach
  void closeRuntime() {
    runtime.close();
  }

  static Stream<String> clips() throws IOException {
    if (!IS_ALL) {
      return USUAL_CLIPS.stream();
    }
    Path speech = SharedMaterial.require("speech", "manifest.tsv").resolveSibling("");
    try (Stream<Path> files = Files.list(speech)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".flac"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("clips")
  void silenceAndRoomNoiseBeforeSpeechCostNoWord(String clip) throws Exception {
    float[] speech = decoded(clip);
    List<SpeechRegion> plain = detect(speech);
    assertThat(plain).isNotEmpty();

    for (double lead : LEADS_SECONDS) {
      for (double noise : new double[] {0, NOISE * effective(speech)}) {
        int samples = (int) (lead * RATE);
        List<SpeechRegion> moved = detect(behind(samples, noise, speech));

        assertThat(moved).as(lead + " s of noise " + noise).isNotEmpty();
        assertThat(start(moved) - lead).isLessThan(start(plain) + MOVED_SECONDS);
        assertThat(end(moved) - lead).isGreaterThan(end(plain) - END_MOVED_SECONDS);
      }
    }
  }

  private static double start(List<SpeechRegion> regions) {
    return regions.get(0).span().startSeconds();
  }

  private static double end(List<SpeechRegion> regions) {
    SampleSpan last = regions.get(regions.size() - 1).span();
    return (double) last.end() / RATE;
  }

  private static float[] behind(int lead, double noise, float[] speech) {
    Random random = new Random(lead);
    float[] all = new float[lead + speech.length];
    for (int i = 0; i < lead; i++) {
      all[i] = (float) (noise * random.nextGaussian());
    }
    System.arraycopy(speech, 0, all, lead, speech.length);
    return all;
  }

  private static double effective(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample * sample;
    }
    return Math.sqrt(sum / samples.length);
  }

  private List<SpeechRegion> detect(float[] samples) throws Exception {
    SileroDetector detector =
        new SileroDetector(
            runtime,
            Path.of("models", "silero-vad", "silero_vad.onnx"),
            PublishedSilero.options("silero", "v5", "sha256:5"));
    SampleSource audio = SampleSource.of(Waveform.of(samples));
    return new OnsetHearing(detector, RULES, StageContext.disabled())
        .refine(audio, detector.detect(audio, RULES, StageContext.disabled()));
  }

  private float[] decoded(String clip) throws Exception {
    Path pcm = folder.resolve("clip.pcm");
    new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(
            SharedMaterial.require("speech", clip),
            pcm,
            SoundSelection.AUTO,
            StageContext.disabled());
    try (PcmFile file = PcmFile.open(pcm)) {
      return file.read(new SampleSpan(0, file.length())).samples().clone();
    }
  }
}
