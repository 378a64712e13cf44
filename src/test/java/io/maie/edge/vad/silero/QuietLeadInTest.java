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
import io.maie.edge.vad.SpeechRegionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Silence and noise before speech take nothing from it. They may add: with nothing heard yet, the
 * model begins later with a recording that begins with speech.
 */
final class QuietLeadInTest {
  private static final int RATE = Waveform.SAMPLE_RATE;
  private static final double[] LEADS_SECONDS = {0.3, 2, 10};

  /** Level of the room's noise relative to the recording, as a factor: 25 dB below. */
  private static final double NOISE = 0.0562;

  /** Five windows: how late a soft beginning may be noticed behind noise. */
  private static final double MOVED_SECONDS = 0.16;

  private final OnnxRuntime runtime =
      new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system());

  @TempDir private Path folder;

  @AfterEach
  void closeRuntime() {
    runtime.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "en-acc-0008",
        "en-acc-0025",
        "en-acc-0037",
        "en-l2a-0002",
        "en-l2a-0017",
        "en-l2a-0027",
        "en-l2a-0047",
        "en-l2c-0016",
        "en-l2c-0028",
        "en-meet-0007",
        "en-noisy-0007",
        "en-noisy-0016",
        "en-read-0008",
        "en-read-0020",
        "en-read-0030",
        "en-read-0045",
        "en-tel-0001",
        "en-xnoise-0002",
        "en-xtel-0004",
        "es-read-0002"
      })
  void silenceAndRoomNoiseBeforeSpeechCostNoneOfIt(String clip) throws Exception {
    float[] speech = decoded(clip + ".flac");
    List<SpeechRegion> plain = detect(speech);
    assertThat(plain).isNotEmpty();

    for (double lead : LEADS_SECONDS) {
      for (double noise : new double[] {0, NOISE * effective(speech)}) {
        int samples = (int) (lead * RATE);
        List<SpeechRegion> moved = detect(behind(samples, noise, speech));

        assertThat(moved).as(lead + " s of noise " + noise).isNotEmpty();
        assertThat(start(moved) - lead).isLessThan(start(plain) + MOVED_SECONDS);
        assertThat(end(moved) - lead).isGreaterThan(end(plain) - MOVED_SECONDS);
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
    return new SileroDetector(
            runtime,
            Path.of("models", "silero-vad", "silero_vad.onnx"),
            SileroOptions.published("silero", "v5", "sha256:5"))
        .detect(
            SampleSource.of(Waveform.of(samples)),
            SpeechRegionRules.DEFAULTS,
            StageContext.disabled());
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
