package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An offset of all samples is no sound, and hides none. */
final class ConstantOffsetTest {
  private static final int BLOCK = SoundFile.BLOCK_SAMPLES;

  @TempDir private Path folder;

  @Test
  void aFaintVoiceBesideALargeOffsetIsRaised() throws Exception {
    float[] heard = decoded("0.6+0.003*sin(2*PI*440*t)*pow(sin(2*PI*t),2)");

    assertThat(Recordings.amplitude(heard, 440)).isGreaterThan(0.03);
    assertThat(mean(heard)).isCloseTo(0, within(0.15));
  }

  @Test
  void theFaintVoiceIsRaisedAsMuchAsWithoutTheOffset() throws Exception {
    float[] without = decoded("0.003*sin(2*PI*440*t)*pow(sin(2*PI*t),2)");
    float[] with = decoded("-0.5+0.003*sin(2*PI*440*t)*pow(sin(2*PI*t),2)");

    assertThat(20 * Math.log10(Recordings.amplitude(with, 440)))
        .isCloseTo(20 * Math.log10(Recordings.amplitude(without, 440)), within(3.0));
  }

  @Test
  void samplesWithoutAnOffsetStayAsTheyAre() {
    float[] samples = tone(0);
    float[] changed = samples.clone();

    new ConstantOffset(1).remove(new float[][] {changed}, BLOCK);

    assertThat(changed).isEqualTo(samples);
  }

  @Test
  void anOffsetThatBeginsLaterIsGoneWithinSeconds() {
    ConstantOffset offset = new ConstantOffset(1);
    for (int i = 0; i < 10; i++) {
      offset.remove(new float[][] {tone(0)}, BLOCK);
    }
    float[] last = new float[0];
    for (int i = 0; i < 60; i++) {
      last = tone(0.5f);
      offset.remove(new float[][] {last}, BLOCK);
    }

    assertThat(mean(last)).isCloseTo(0, within(0.02));
  }

  @Test
  void damagedDataMovesNoSoundBehindIt() {
    ConstantOffset offset = new ConstantOffset(1);
    float[] damaged = new float[BLOCK];
    Arrays.fill(damaged, 4e9f);
    offset.remove(new float[][] {tone(0)}, BLOCK);
    offset.remove(new float[][] {damaged}, BLOCK);
    float[] samples = tone(0);
    float[] changed = samples.clone();

    offset.remove(new float[][] {changed}, BLOCK);

    assertThat(changed).isEqualTo(samples);
  }

  private static float[] tone(float offset) {
    float[] samples = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      samples[i] = (float) (offset + 0.1 * Math.sin(2 * Math.PI * 440 * i / 16_000));
    }
    return samples;
  }

  private static double mean(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample;
    }
    return sum / samples.length;
  }

  private float[] decoded(String expression) throws Exception {
    Path file =
        new Recordings(folder)
            .ffmpeg(
                "offset.wav",
                List.of("-f", "lavfi", "-i", "aevalsrc='" + expression + "':s=16000:d=6"));
    return Recordings.samples(
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled()));
  }
}
