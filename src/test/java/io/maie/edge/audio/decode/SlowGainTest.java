package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlowGainTest {
  private static final int SECOND = 16_000;

  @TempDir private Path folder;

  @Test
  void aVoiceFarBelowTheOthersIsRaisedAlone() {
    byte[] levels = concat(speech(50, -20), speech(50, -55), speech(50, -22));

    byte[] gains = new SlowGain(levels).gains(-20, 0);

    assertThat(gains[25]).isZero();
    // the pause behind the first voice belongs to the stretch
    assertThat(gains[47]).isZero();
    assertThat(gains[75]).isBetween((byte) 25, (byte) 35);
    assertThat(gains[125]).isZero();
  }

  @Test
  void theGainOfTheWholeRecordingCountsFirst() {
    byte[] levels = concat(speech(50, -45), speech(50, -80));

    byte[] gains = new SlowGain(levels).gains(-45, 22);

    assertThat(gains[25]).isZero();
    assertThat(gains[75]).isBetween((byte) 25, (byte) 40);
  }

  @Test
  void pausesAndNoiseAndVoicesOfUsualLevelAreLeftAlone() {
    byte[] pauses = concat(speech(50, -20), steady(50, -60), speech(50, -20), steady(10, -45));
    byte[] quieter = concat(speech(50, -8), speech(50, -30));

    assertThat(new SlowGain(pauses).gains(-20, 0)).isEmpty();
    assertThat(new SlowGain(quieter).gains(-8, 0)).isEmpty();
  }

  @Test
  void burstsFarAboveFullScaleAreLoweredToTheSpeech() {
    byte[] levels = concat(speech(50, -20), steady(3, 60), speech(50, -20));
    SlowGain slow = new SlowGain(levels);

    assertThat(slow.hasBursts()).isTrue();
    assertThat(slow.loudnessBetweenBursts()).isCloseTo(-20, within(4.0));
    byte[] gains = slow.gains(-20, 0);
    assertThat(gains[51]).isBetween((byte) -82, (byte) -78);
    assertThat(gains[53]).isBetween((byte) -82, (byte) -78);
    assertThat(gains[10]).isZero();
  }

  @Test
  void aRecordingThatIsFarAboveFullScaleThroughoutHasNoBursts() {
    assertThat(new SlowGain(speech(100, 20)).hasBursts()).isFalse();
  }

  @Test
  void samplesThatAreNoNumbersDoNotSilenceTheSpeech() throws Exception {
    float[] samples = noisySyllables(5 * SECOND, 0.1f);
    for (int i = 0; i < samples.length; i += 7_001) {
      samples[i] = i % 2 == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    }

    DecodedAudio audio = decode(samples);

    assertThat(audio.heard().level().gainDecibels()).isZero();
    assertThat(Recordings.rms(Recordings.samples(audio))).isGreaterThan(0.01);
  }

  @Test
  void burstsOfDamagedDataDoNotSilenceTheSpeech() throws Exception {
    float[] samples = noisySyllables(10 * SECOND, 0.1f);
    Random random = new Random(3);
    for (int i = 9 * SECOND; i < 9 * SECOND + 3_000; i++) {
      samples[i] = (float) (5_000 * random.nextGaussian());
    }

    DecodedAudio audio = decode(samples);

    assertThat(audio.heard().level().gainDecibels()).isZero();
    assertThat(audio.heard().level().curve().leastGainDecibels()).isLessThan(-60);
    float[] heard = Recordings.samples(audio);
    assertThat(Recordings.rms(heard)).isGreaterThan(0.01);
    for (int i = 9 * SECOND; i < 9 * SECOND + 3_000; i++) {
      assertThat(Math.abs(heard[i])).isLessThan(0.8f);
    }
  }

  /** Levels of words with pauses between them; {@code loudness} is that of the words. */
  private static byte[] speech(int blocks, int loudness) {
    byte[] levels = new byte[blocks];
    for (int i = 0; i < blocks; i++) {
      levels[i] = (byte) Math.max(ChannelLevels.SILENCE, loudness + (i % 10 < 7 ? i % 3 : -25));
    }
    return levels;
  }

  private static byte[] steady(int blocks, int level) {
    byte[] levels = new byte[blocks];
    for (int i = 0; i < blocks; i++) {
      levels[i] = (byte) (level + i % 2);
    }
    return levels;
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(1_000);
    for (byte[] part : parts) {
      all.put(part);
    }
    byte[] levels = new byte[all.position()];
    all.flip().get(levels);
    return levels;
  }

  private static float[] noisySyllables(int count, float amplitude) {
    Random random = new Random(7);
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      double envelope = Math.pow(Math.sin(Math.PI * 3 * i / SECOND), 2);
      samples[i] = (float) (amplitude * (0.01 + envelope) * random.nextGaussian());
    }
    return samples;
  }

  private DecodedAudio decode(float[] samples) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(44 + 4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(bytes.capacity() - 8);
    bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    bytes.putShort((short) 3).putShort((short) 1).putInt(SECOND).putInt(4 * SECOND);
    bytes.putShort((short) 4).putShort((short) 32);
    bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * samples.length);
    for (float sample : samples) {
      bytes.putFloat(sample);
    }
    Path file = Files.write(folder.resolve("floats.wav"), bytes.array());
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }
}
