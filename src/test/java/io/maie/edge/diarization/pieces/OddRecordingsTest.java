package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice of what {@code bench/odd-recordings} tries with the whole program. */
final class OddRecordingsTest {
  private static final int SECOND = Waveform.SAMPLE_RATE;

  private final ShippedDiarizer shipped = new ShippedDiarizer(2);

  @TempDir Path folder;

  @AfterEach
  void close() {
    shipped.close();
  }

  @Test
  void aSecondOfSpeechIsOneSpeaker() throws Exception {
    float[] second = Arrays.copyOfRange(reader(), 2 * SECOND, 3 * SECOND);

    assertThat(speakers(second)).isEqualTo(1);
  }

  @Test
  void musicIsNobody() throws Exception {
    float[] music = new float[20 * SECOND];
    double[] roots = {220, 293.7, 329.6, 261.6};
    for (int i = 0; i < music.length; i++) {
      double time = (double) i / SECOND;
      double root = roots[(int) (time / 2) % roots.length];
      for (double factor : new double[] {1, 1.26, 1.5, 2, 3, 4}) {
        music[i] += (float) (0.05 * Math.sin(2 * Math.PI * root * factor * time));
      }
      music[i] *= (float) Math.exp(-3 * (time * 2 % 1));
    }

    assertThat(speakers(music)).isZero();
  }

  @Test
  void onePersonNearAndFarIsOneSpeaker() throws Exception {
    float[] near = reader();
    float[] far = far(near);
    float[] both = Arrays.copyOf(near, 2 * near.length + SECOND);
    System.arraycopy(far, 0, both, near.length + SECOND, far.length);

    assertThat(speakers(both)).isEqualTo(1);
  }

  private int speakers(float[] samples) throws Exception {
    return shipped.diarize(SampleSource.of(Waveform.of(samples))).voices().size();
  }

  /** Half a minute of one voice. */
  private float[] reader() throws Exception {
    Path recording = SharedMaterial.require("speech", "en-long-0001.flac");
    SampleSource audio = RecordedSamples.of(recording, folder.resolve("reader.pcm"));
    return audio.read(new SampleSpan(0, 30L * SECOND)).samples();
  }

  /** Twelve decibels quieter, with the echoes of a room and its noise. */
  private static float[] far(float[] samples) {
    Random random = new Random(5);
    float[] room = new float[samples.length];
    for (int i = 0; i < room.length; i++) {
      double sound = 0.25 * samples[i];
      double echo = 0.2;
      for (int delay : new int[] {370, 660, 1_070, 1_730, 2_800}) {
        sound += i >= delay ? echo * samples[i - delay] : 0;
        echo *= 0.7;
      }
      room[i] = (float) (sound * 0.6 + 0.0005 * random.nextGaussian());
    }
    return room;
  }
}
