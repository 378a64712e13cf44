package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of bytes that do not fit into 32 bits, and tags that are longer than the sound. */
final class LargeFilesTest {
  private static final double LEVEL_TOLERANCE = 0.02;
  private static final int LARGE_TAG_BYTES = 12_000_000;

  /** 192 kHz, eight channels of 64-bit floats. */
  private static final int SAMPLE_RATE = 192_000;

  private static final int CHANNELS = 8;
  private static final int BYTES_A_SECOND = SAMPLE_RATE * CHANNELS * Double.BYTES;

  @TempDir Path folder;

  @Test
  void soundBehindFourGibibytesIsHeard() throws Exception {
    int silentSeconds = 352;
    Path file = folder.resolve("large.wav");
    long dataBytes = (silentSeconds + 4L) * BYTES_A_SECOND;
    byte[] header = rf64Header(dataBytes);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(header));
      channel.position(header.length + (long) silentSeconds * BYTES_A_SECOND);
      for (int second = 0; second < 4; second++) {
        channel.write(secondOfTone());
      }
    }
    assertThat(Files.size(file)).isGreaterThan(1L << 32);

    DecodedAudio audio = decode(file);

    assertThat(audio.format()).isEqualTo("wav/pcm_f64le");
    assertThat(audio.samples()).isEqualTo((silentSeconds + 4) * 16_000L);
    assertThat(audio.complete()).isTrue();
    float[] samples = Recordings.samples(audio);
    int toneBegins = silentSeconds * 16_000;
    assertThat(Recordings.rms(Arrays.copyOf(samples, toneBegins - 1_600))).isZero();
    assertThat(Recordings.amplitude(Arrays.copyOfRange(samples, toneBegins, samples.length), 440))
        .isCloseTo(0.25, within(LEVEL_TOLERANCE));
  }

  @Test
  void soundBehindALargeTagIsHeard() throws Exception {
    byte[] mp3 = Files.readAllBytes(new Recordings(folder).tone("a.mp3", "-id3v2_version", "0"));
    ByteArrayOutputStream tagged = new ByteArrayOutputStream();
    tagged.writeBytes(id3(LARGE_TAG_BYTES));
    tagged.writeBytes(mp3);

    assertThatTheToneIsThere(Files.write(folder.resolve("tagged.mp3"), tagged.toByteArray()));
  }

  @Test
  void soundBehindALargeChunkIsHeard() throws Exception {
    Path tone = new Recordings(folder).tone("a.wav", "-c:a", "pcm_s16le", "-bitexact");
    byte[] wav = Files.readAllBytes(tone);
    int data = Recordings.indexOf(tone, "data");
    ByteBuffer chunk = ByteBuffer.allocate(8 + LARGE_TAG_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put("bext".getBytes(StandardCharsets.US_ASCII)).putInt(LARGE_TAG_BYTES);
    ByteArrayOutputStream tagged = new ByteArrayOutputStream();
    tagged.write(wav, 0, data);
    tagged.writeBytes(chunk.array());
    tagged.write(wav, data, wav.length - data);
    byte[] content = tagged.toByteArray();
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(4, content.length - 8);

    assertThatTheToneIsThere(Files.write(folder.resolve("tagged.wav"), content));
  }

  private void assertThatTheToneIsThere(Path file) throws Exception {
    DecodedAudio audio = decode(file);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(Recordings.amplitude(Recordings.samples(audio), 440))
        .isCloseTo(0.25, within(LEVEL_TOLERANCE));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  /** EBU Tech 3306: the sizes stand in a chunk of 64-bit numbers. */
  private static byte[] rf64Header(long dataBytes) {
    ByteBuffer header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RF64".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    header.put("WAVEds64".getBytes(StandardCharsets.US_ASCII)).putInt(28);
    header.putLong(header.capacity() - 8 + dataBytes).putLong(dataBytes);
    header.putLong(dataBytes / CHANNELS / Double.BYTES).putInt(0);
    header.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 3).putShort((short) CHANNELS).putInt(SAMPLE_RATE);
    header.putInt(BYTES_A_SECOND).putShort((short) (CHANNELS * Double.BYTES));
    header.putShort((short) Double.SIZE);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    return header.array();
  }

  private static ByteBuffer secondOfTone() {
    ByteBuffer second = ByteBuffer.allocate(BYTES_A_SECOND).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLE_RATE; i++) {
      double sample = 0.25 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE);
      for (int channel = 0; channel < CHANNELS; channel++) {
        second.putDouble(sample);
      }
    }
    return second.flip();
  }

  /** An ID3v2.3 tag with one picture. */
  private static byte[] id3(int bytes) {
    ByteBuffer tag = ByteBuffer.allocate(10 + bytes);
    tag.put(new byte[] {'I', 'D', '3', 3, 0, 0});
    for (int shift = 21; shift >= 0; shift -= 7) {
      tag.put((byte) (bytes >> shift & 0x7f));
    }
    tag.put("APIC".getBytes(StandardCharsets.US_ASCII)).putInt(bytes - 10).putShort((short) 0);
    tag.put((byte) 0).put("image/png".getBytes(StandardCharsets.US_ASCII)).put(new byte[3]);
    return tag.array();
  }

  private DecodedAudio decode(Path file) throws Exception {
    return new FfmpegDecoder(withAnyNumberOfBytes(), Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }

  private static DecodeOptions withAnyNumberOfBytes() {
    DecodeOptions options = DecodeOptions.DEFAULTS;
    return new DecodeOptions(
        options.ffmpeg(),
        options.ffprobe(),
        options.minDuration(),
        options.maxDuration(),
        Long.MAX_VALUE,
        options.maxChannels(),
        options.maxSampleRate(),
        options.probeTimeout(),
        options.stallTimeout(),
        options.diskMarginBytes());
  }
}
