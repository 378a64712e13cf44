package io.maie.edge.asr.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class WindowSoundTest {
  private static final int RATE = 16_000;

  @Test
  void silenceAtBothEndsIsCutDownToATenthOfASecond() {
    float[] window = tone(3 * RATE, RATE, 2 * RATE, 0.5f);
    WindowSound sound = WindowSound.of(window).orElseThrow();
    assertThat(sound.offset()).isBetween(RATE - 2_000, RATE - 1_400);
    assertThat(sound.spoken()).isBetween(RATE + 2_800, RATE + 4_000);
  }

  @Test
  void softSoundIsRaised() {
    WindowSound sound = WindowSound.of(tone(RATE, 0, RATE, 0.01f)).orElseThrow();
    assertThat(level(sound.samples())).isCloseTo(0.06, within(1e-4));
  }

  @Test
  void loudSoundStaysAsItIs() {
    float[] window = tone(RATE, 0, RATE, 0.9f);
    assertThat(WindowSound.of(window).orElseThrow().samples()).containsExactly(window);
  }

  @Test
  void raisingClipsNoPeak() {
    float[] window = tone(RATE, 0, RATE, 0.002f);
    window[RATE / 2] = 0.8f;
    for (float sample : WindowSound.of(window).orElseThrow().samples()) {
      assertThat(Math.abs(sample)).isLessThanOrEqualTo(0.99f);
    }
  }

  @Test
  void soundBelowMinusEightyDecibelsGivesNoText() {
    assertThat(WindowSound.of(tone(RATE, 0, RATE, 1e-4f))).isEmpty();
    assertThat(WindowSound.of(new float[RATE])).isEmpty();
    assertThat(WindowSound.of(new float[0])).isEmpty();
  }

  @Test
  void soundThatIsTooShortForTheModelIsFilledUpBehind() {
    WindowSound sound = WindowSound.of(tone(400, 0, 400, 0.5f)).orElseThrow();
    assertThat(sound.samples()).hasSize(EncoderFrames.FIELD_SAMPLES);
    assertThat(sound.spoken()).isEqualTo(400);
    assertThat(sound.samples()[500]).isZero();
  }

  @Test
  void aPartKnowsItsPlaceInTheWindow() {
    WindowSound sound = WindowSound.of(tone(2 * RATE, 0, 2 * RATE, 0.5f)).orElseThrow();
    WindowSound part = sound.part(RATE, 2 * RATE);
    assertThat(part.offset()).isEqualTo(sound.offset() + RATE);
    assertThat(part.samples()[0]).isEqualTo(sound.samples()[RATE]);
  }

  private static float[] tone(int length, int from, int to, float amplitude) {
    float[] samples = new float[length];
    for (int i = from; i < to; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * 440 * i / RATE));
    }
    return samples;
  }

  private static double level(float[] samples) {
    double energy = 0;
    for (float sample : samples) {
      energy += (double) sample * sample;
    }
    return Math.sqrt(energy / samples.length);
  }
}
