package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.audio.Waveform;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.testing.WaveBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole program with the shipped models on sound in which nobody speaks. The system property
 * {@code maie.noise.seconds} says for how long (3600 for a long look), {@code maie.noise.models}
 * another folder of models.
 */
final class NoWordsInNoiseTest {
  private static final int RATE = Waveform.SAMPLE_RATE;
  private static final int USUAL_SECONDS = 60;

  @TempDir Path folder;

  private enum Sound {
    WHITE_NOISE,
    BROWN_NOISE,
    HUM,
    KEYS_OF_A_TELEPHONE,
    MELODY,
    BAND;

    IntToDoubleFunction samples() {
      Random random = new Random(1);
      return switch (this) {
        case WHITE_NOISE -> i -> 0.05 * random.nextGaussian();
        case BROWN_NOISE -> new Brown(random);
        case HUM -> i -> 0.1 * tone(50, i) + 0.05 * tone(150, i) + 0.002 * random.nextGaussian();
        case KEYS_OF_A_TELEPHONE -> i -> i / (RATE / 5) % 2 == 0 ? key(i / (2 * RATE / 5), i) : 0;
        case BAND -> new Band(random);
        case MELODY -> i -> 0.2 * tone(220 * Math.pow(2, i / (RATE / 2) * 5 % 12 / 12.0), i);
      };
    }

    private static double key(int number, int i) {
      int[] low = {697, 770, 852, 941};
      int[] high = {1209, 1336, 1477};
      return 0.2 * tone(low[number % low.length], i) + 0.2 * tone(high[number % high.length], i);
    }

    private static double tone(double hertz, double i) {
      return Math.sin(2 * Math.PI * hertz * i / RATE);
    }
  }

  /** Each sample is a little more or less than the one before, as of far traffic. */
  private static final class Brown implements IntToDoubleFunction {
    private final Random random;
    private double last;

    Brown(Random random) {
      this.random = random;
    }

    @Override
    public double applyAsDouble(int i) {
      last = 0.998 * last + 0.01 * random.nextGaussian();
      return last;
    }
  }

  /** Drums, a bass, chords of three voices, and a tune that trembles as a singer's does. */
  private static final class Band implements IntToDoubleFunction {
    private static final int BEAT = RATE / 2;
    private static final double[] BASS = {110, 87.3, 130.8, 98};
    private static final int[] CHORD = {0, 4, 7};

    private final Random random;

    Band(Random random) {
      this.random = random;
    }

    @Override
    public double applyAsDouble(int i) {
      double bass = BASS[i / (4 * BEAT) % BASS.length];
      double decay = Math.exp(-6.0 * (i % BEAT) / BEAT);
      double sound = 0.15 * decay * string(bass, i, 6);
      for (int step : CHORD) {
        sound += 0.03 * string(2 * bass * Math.pow(2, step / 12.0), i, 8);
      }
      int note = i / (BEAT / 2);
      double pitch = 4 * bass * Math.pow(2, CHORD[note * note % 7 % 3] / 12.0);
      double tremble = Sound.tone(5.5, i);
      sound += 0.06 * (1 + 0.3 * tremble) * string(pitch, i + 5 * tremble, 5);
      double strike = Math.exp(-30.0 * (i % BEAT) / BEAT);
      boolean isSnare = i / BEAT % 2 == 1;
      return sound + strike * (isSnare ? 0.1 * random.nextGaussian() : 0.3 * Sound.tone(55, i));
    }

    /** A tone with its overtones. */
    private static double string(double hertz, double i, int overtones) {
      double sum = 0;
      for (int n = 1; n <= overtones; n++) {
        sum += Sound.tone(n * hertz, i) / n;
      }
      return sum;
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsWritten(Sound sound) throws Exception {
    IntToDoubleFunction source = sound.samples();
    float[] samples = new float[RATE * Integer.getInteger("maie.noise.seconds", USUAL_SECONDS)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) source.applyAsDouble(i);
    }
    Path file = Files.write(folder.resolve("noise.wav"), WaveBytes.of(samples));
    try (DirectProcessing program = program()) {
      RecordingOutcome outcome = program.process(file);
      assertThat(outcome).isInstanceOf(Published.class);
      JsonNode result = new ObjectMapper().readTree(((Published) outcome).document().toFile());
      assertThat(result.path("results").path("raw_transcript").asText()).isEmpty();
      assertThat(result.path("results").path("segments")).isEmpty();
    }
  }

  private DirectProcessing program() throws Exception {
    Path installation = Path.of("").toAbsolutePath();
    String models = System.getProperty("maie.noise.models");
    Map<String, String> settings = models == null ? Map.of() : Map.of("MAIE_MODELS__PATH", models);
    return new InstalledProgram(
            installation, installation.resolve("src/main/dist/samples"), settings)
        .direct(
            new InstallationChoice(Files.createDirectories(folder.resolve("home")), null, null),
            new ProcessingOrder(ParameterLayer.empty("test"), folder.resolve("results")),
            RecordingListener.disabled());
  }
}
