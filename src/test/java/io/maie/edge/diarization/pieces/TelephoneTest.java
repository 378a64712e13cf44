package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.transcript.Turn;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two men with similar voices, as they are and over a telephone. */
final class TelephoneTest {
  private static final int PAUSE = Waveform.SAMPLE_RATE / 2;

  private final ShippedDiarizer shipped = new ShippedDiarizer(2);

  @TempDir Path folder;

  @AfterEach
  void close() {
    shipped.close();
  }

  @Test
  void twoSimilarVoicesOverTheTelephoneStayTwo() throws Exception {
    Diarization found = shipped.diarize(SampleSource.of(Waveform.of(telephone(conversation()))));

    assertThat(found.voices()).hasSize(2);
    assertThat(found.turns().stream().mapToInt(Turn::speaker).distinct().toArray())
        .containsExactly(1, 2);
  }

  @Test
  void onlySpeechWithoutHighTonesIsTakenForThatOfATelephone() throws Exception {
    List<Piece> pieces = List.of(new Piece(10, 99), new Piece(120, 209), new Piece(600, 689));
    float[] wide = conversation();

    assertThat(isNarrow(wide, pieces)).isFalse();
    assertThat(isNarrow(telephone(wide), pieces)).isTrue();
    assertThat(isNarrow(telephone(wide), List.of())).isFalse();
  }

  private boolean isNarrow(float[] samples, List<Piece> pieces) throws Exception {
    return Bandwidth.isNarrow(SampleSource.of(Waveform.of(samples)), pieces, shipped.embedding());
  }

  private float[] conversation() throws Exception {
    float[] all = new float[0];
    for (String clip :
        List.of("en-acc-0002", "en-acc-0034", "en-acc-0004", "en-acc-0008", "en-acc-0034")) {
      Path recording = SharedMaterial.require("speech", clip + ".flac");
      Path pcm = folder.resolve(clip + all.length + ".pcm");
      SampleSource audio = RecordedSamples.of(recording, pcm);
      float[] samples = audio.read(new SampleSpan(0, audio.length())).samples();
      int end = all.length;
      all = Arrays.copyOf(all, end + samples.length + PAUSE);
      System.arraycopy(samples, 0, all, end, samples.length);
    }
    return all;
  }

  /** 300 to 3400 Hz before and behind the 8 bits of the mu-law of ITU-T G.711. */
  private static float[] telephone(float[] samples) {
    float[] line = bandPassed(samples);
    for (int i = 0; i < line.length; i++) {
      double magnitude = Math.log1p(255 * Math.min(1, Math.abs(line[i]))) / Math.log(256);
      double rounded = Math.rint(127 * magnitude) / 127;
      line[i] = (float) (Math.signum(line[i]) * (Math.pow(256, rounded) - 1) / 255);
    }
    return bandPassed(line);
  }

  private static float[] bandPassed(float[] samples) {
    float[] passed = new float[samples.length];
    double[] taps = bandPass();
    for (int i = 0; i < passed.length; i++) {
      double sum = 0;
      for (int k = Math.max(0, i - taps.length + 1); k <= i; k++) {
        sum += samples[k] * taps[i - k];
      }
      passed[i] = (float) sum;
    }
    return passed;
  }

  private static double[] bandPass() {
    double[] taps = new double[255];
    double high = 2 * 3_400.0 / Waveform.SAMPLE_RATE;
    double low = 2 * 300.0 / Waveform.SAMPLE_RATE;
    for (int i = 0; i < taps.length; i++) {
      int at = i - taps.length / 2;
      double ideal =
          at == 0
              ? high - low
              : (Math.sin(Math.PI * high * at) - Math.sin(Math.PI * low * at)) / (Math.PI * at);
      taps[i] = ideal * (0.54 + 0.46 * Math.cos(Math.PI * at / (taps.length / 2.0)));
    }
    return taps;
  }
}
