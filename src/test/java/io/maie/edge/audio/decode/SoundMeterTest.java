package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SoundMeterTest {
  private static final int SECOND = 16_000;

  @Test
  void aQuietCopyThatIsASecondLateIsLikeItsOriginal() {
    float[] voice = words(8, 1);
    float[] copy = new float[voice.length];
    for (int i = SECOND; i < copy.length; i++) {
      copy[i] = 0.01f * voice[i - SECOND];
    }

    SoundMeter meter = measured(voice, copy);

    assertThat(meter.envelopeCorrelation(0, 1)).isGreaterThan(0.9);
    assertThat(meter.envelopeCorrelation(1, 0)).isGreaterThan(0.9);
  }

  @Test
  void twoPeopleWhoTakeTurnsAreNoCopiesOfEachOther() {
    assertThat(measured(words(8, 1), words(8, 2)).envelopeCorrelation(0, 1)).isLessThan(0.8);
  }

  @Test
  void aShortQuestionAndAShortAnswerAreNoCopiesOfEachOther() {
    float[] question = new float[4 * SECOND];
    float[] answer = new float[4 * SECOND];
    for (int i = 0; i < SECOND; i++) {
      double envelope = Math.sin(Math.PI * i / SECOND);
      question[SECOND / 2 + i] = (float) (0.2 * envelope * Math.sin(0.2 * i));
      answer[2 * SECOND + i] = (float) (0.2 * envelope * Math.sin(0.3 * i));
    }

    assertThat(measured(question, answer).envelopeCorrelation(0, 1)).isLessThan(0.5);
  }

  /** Words of several lengths and levels with pauses between them. */
  private static float[] words(int seconds, int seed) {
    Random random = new Random(seed);
    float[] samples = new float[seconds * SECOND];
    int at = 0;
    while (at < samples.length) {
      int length = SECOND / 5 + random.nextInt(SECOND / 2);
      double level = 0.05 + 0.3 * random.nextDouble();
      for (int i = 0; i < length && at + i < samples.length; i++) {
        samples[at + i] = (float) (level * Math.sin(Math.PI * i / length) * random.nextGaussian());
      }
      at += length + random.nextInt(SECOND / 3);
    }
    return samples;
  }

  private static SoundMeter measured(float[]... channels) {
    SoundMeter meter = new SoundMeter(channels.length);
    float[][] block = new float[channels.length][SoundFile.BLOCK_SAMPLES];
    for (int at = 0; at < channels[0].length; at += SoundFile.BLOCK_SAMPLES) {
      for (int c = 0; c < channels.length; c++) {
        System.arraycopy(channels[c], at, block[c], 0, SoundFile.BLOCK_SAMPLES);
      }
      meter.add(block, SoundFile.BLOCK_SAMPLES);
    }
    return meter;
  }
}
