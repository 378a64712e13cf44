package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.ChannelUse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sum that is made during decoding is the one that a later pass makes. */
final class MixerTest {
  private static final List<ChannelUse> EVEN = List.of(use(1, 0.5f), use(2, 0.5f));
  private static final int SAMPLES = 20_000;

  @TempDir Path folder;
  private ScratchFiles scratch;

  @BeforeEach
  void open() {
    scratch =
        new ScratchFiles(folder.resolve("pcm"), new FreeSpace(folder, 0), Duration.ofMinutes(1));
  }

  @AfterEach
  void close() throws Exception {
    scratch.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theSumMadeDuringDecodingEqualsThatOfALaterPass() throws Exception {
    TrackRecording track = recording(SampleClock.disabled());

    Mixer.MeteredSound early = track.mixed(EVEN).orElseThrow();
    Mixer.MeteredSound late = scratch.mix(track, List.of(new Mixer.Order(EVEN))).get(0);

    List<Float> expected = samples(late.sound());
    List<Float> found = samples(early.sound());
    assertThat(found).hasSize(SAMPLES);
    float peak = late.meter().amplitudes().peak();
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), within(peak / 32_768));
    }
    assertThat(early.channel().loudness()).isCloseTo(late.channel().loudness(), within(1e-3));
    assertThat(early.meter().amplitudes().peak()).isCloseTo(peak, within(peak / 32_768));
    assertThat(early.meter().levels(0)).isEqualTo(late.meter().levels(0));
  }

  @Test
  void theSumMadeDuringDecodingIsWrittenAsTheRecogniserReadsIt() throws Exception {
    Mixer.MeteredSound early = recording(SampleClock.disabled()).mixed(EVEN).orElseThrow();
    Path pcm = folder.resolve("moved");

    early.sound().movePcm(pcm);

    ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(pcm)).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples(early.sound())) {
      float bounded = Math.max(-32_768, Math.min(32_767, sample * 32_768));
      assertThat((float) written.getShort()).isCloseTo(bounded, within(0.5f));
    }
    assertThat(written.hasRemaining()).isFalse();
    Files.delete(pcm);
  }

  @Test
  void channelsThatAreHeardDifferentlyNeedALaterPass() throws Exception {
    TrackRecording track = recording(SampleClock.disabled());

    assertThat(track.mixed(List.of(use(1, 0.5f), use(2, -0.5f)))).isEmpty();
    assertThat(track.mixed(List.of(use(1, 1), use(2, 0)))).isEmpty();
  }

  @Test
  void gapsThatAreFilledNeedALaterPass() throws Exception {
    SampleClock clock = new SampleClock(false, OptionalDouble.empty());
    TrackRecording track = recording(clock);
    track.stamp(2_000);

    assertThat(clock.verdict().gaps()).hasSize(1);
    assertThat(track.mixed(EVEN)).isEmpty();
  }

  @Test
  void samplesOf16BitsAreReadAsTheyCame() throws Exception {
    TrackRecording track = scratch.open(2, SampleClock.disabled());
    track.encode(SampleEncoding.INTEGER_16);
    Random random = new Random(1);
    ByteBuffer bytes =
        ByteBuffer.allocate(Short.BYTES * 2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLES; i++) {
      int second = i / 3_200;
      short left = second == 3 ? 0 : (short) (random.nextInt(10_000) - 5_000);
      short right = second == 1 ? 0 : second == 2 ? left : (short) (random.nextInt(10_000) - 5_000);
      bytes.putShort(left).putShort(right);
    }

    track.add(bytes.flip());
    track.finish();

    int at = 0;
    try (SoundFile.Reader reader = track.sound().read()) {
      for (int count = reader.next(); count > 0; count = reader.next()) {
        for (int i = 0; i < count; i++) {
          assertThat(reader.block()[0][i] * 32_768).isEqualTo(bytes.getShort(4 * at));
          assertThat(reader.block()[1][i] * 32_768).isEqualTo(bytes.getShort(4 * at + 2));
          at++;
        }
      }
    }
    assertThat(at).isEqualTo(SAMPLES);
  }

  /** Noise of changing level, a pause on one channel, the same on both, silence. */
  private TrackRecording recording(SampleClock clock) throws Exception {
    TrackRecording track = scratch.open(2, clock);
    Random random = new Random(1);
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * 2 * 800).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLES; i++) {
      int second = i / 3_200;
      float left = second == 3 ? 0 : (float) random.nextGaussian() * (second + 1) / 5;
      float right = second == 1 ? 0 : second == 2 ? left : (float) random.nextGaussian() / 1e4f;
      bytes.putFloat(left).putFloat(second == 3 ? 0 : right);
      if (!bytes.hasRemaining()) {
        track.add(bytes.flip());
        bytes.clear();
      }
    }
    track.finish();
    return track;
  }

  private static ChannelUse use(int number, float weight) {
    return new ChannelUse(number, ChannelUse.Role.USED, weight, -20);
  }

  private static List<Float> samples(MonoSound sound) throws Exception {
    List<Float> samples = new ArrayList<>();
    try (SoundFile.Reader reader = sound.read()) {
      for (int count = reader.next(); count > 0; count = reader.next()) {
        for (float sample : Arrays.copyOf(reader.block()[0], count)) {
          samples.add(sample);
        }
      }
    }
    return samples;
  }
}
