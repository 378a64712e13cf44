package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A header of WAV is believed as far as its samples agree with it. */
final class WaveHeadersTest {
  private static final int RATE = 16_000;

  /** Two stretches of speech. */
  private static final List<float[]> SPEECH = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void readSpeech(@TempDir Path folder) throws Exception {
    Path clip = SharedMaterial.require("audio", "jfk.flac");
    for (String from : List.of("0", "6")) {
      List<String> cut =
          List.of(
              "-ss",
              from,
              "-t",
              "4",
              "-i",
              clip.toString(),
              "-ac",
              "1",
              "-ar",
              "16000",
              "-f",
              "f32le");
      byte[] bytes = Files.readAllBytes(new Recordings(folder).ffmpeg("speech.f32", cut));
      float[] samples = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
      for (int i = 0; i < samples.length; i++) {
        samples[i] /= 2;
      }
      SPEECH.add(samples);
    }
  }

  @AfterAll
  static void forgetSpeech() {
    SPEECH.clear();
  }

  /** The numbers of a chunk {@code fmt}. */
  private record Header(int tag, int channels, int pace, int frameBytes, int bits) {
    static Header right(Samples kind, int channels) {
      int frame = kind.bytes * channels;
      return new Header(kind.tag, channels, RATE * frame, frame, kind.bytes * 8);
    }

    Header tag(int other) {
      return new Header(other, channels, pace, frameBytes, bits);
    }

    Header bits(int other) {
      return new Header(tag, channels, pace, frameBytes, other);
    }

    /** Bytes of a frame, and the pace that follows from them. */
    Header frame(int bytes) {
      return new Header(tag, channels, RATE * bytes, bytes, bits);
    }

    Header pace(int other) {
      return new Header(tag, channels, other, frameBytes, bits);
    }
  }

  /** Samples as they are stored. */
  private enum Samples {
    S16(1, 2),
    S24(1, 3),
    S32(1, 4),
    /** 24 bits in the upper bytes of 32. */
    S24_IN_32(1, 4),
    F32(3, 4);

    private final int tag;
    private final int bytes;

    Samples(int tag, int bytes) {
      this.tag = tag;
      this.bytes = bytes;
    }

    void put(ByteBuffer out, float value) {
      int integer = (int) (value * 0x1p31f);
      switch (this) {
        case S16 -> out.putShort((short) (integer >> 16));
        case S24 -> out.put((byte) (integer >> 8)).putShort((short) (integer >> 16));
        case S32 -> out.putInt(integer);
        case S24_IN_32 -> out.putInt(integer & ~0xFF);
        case F32 -> out.putFloat(value);
        default -> throw new IllegalStateException();
      }
    }
  }

  static Stream<Arguments> faults() {
    List<Arguments> faults = new ArrayList<>();
    for (Samples kind : Samples.values()) {
      for (int channels = 1; channels <= 2; channels++) {
        Header right = Header.right(kind, channels);
        int bytes = kind.bytes;
        faults.add(Arguments.of(kind, right));
        faults.add(Arguments.of(kind, right.pace(0)));
        // forgets that there are several channels, or that a byte has 8 bits
        faults.add(Arguments.of(kind, right.frame(bytes)));
        faults.add(Arguments.of(kind, right.frame(bytes * 8 * channels)));
        if (kind == Samples.S16) {
          faults.add(Arguments.of(kind, right.bits(0)));
          faults.add(Arguments.of(kind, right.tag(7)));
        }
        if (kind == Samples.S32) {
          faults.add(Arguments.of(kind, right.tag(3)));
        }
        if (kind == Samples.S24 || kind == Samples.S24_IN_32) {
          faults.add(Arguments.of(kind, right.frame(4 * channels).bits(24)));
        }
        if (kind == Samples.F32) {
          faults.add(Arguments.of(kind, right.tag(1)));
          faults.add(Arguments.of(kind, right.bits(16)));
        }
      }
    }
    return faults.stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aWrongNumberCostsNoSound(Object samples, Object fault) throws Exception {
    Samples kind = (Samples) samples;
    Header header = (Header) fault;
    byte[] stored = stored(kind, header.channels());
    float[] wanted =
        heard(wave(Header.right(Samples.F32, header.channels()), stored(Samples.F32, header)));

    float[] found = heard(wave(header, stored));

    assertThat(found).hasSize(wanted.length);
    assertThat(likeness(wanted, found)).isGreaterThan(0.99);
  }

  /** Recorders that go on in the same file, and players of lists, write such. */
  @ParameterizedTest
  @CsvSource({
    "S16, 1, 2, 'cue '",
    "S24, 1, 3, 'cue '",
    "S24, 2, 2, ''",
    "F32, 2, 4, LIST",
    "S16, 2, 5, ''",
    "S24, 1, 2, junk",
    "S16, 1, 3, LIST"
  })
  void soundInSeveralChunksIsHeardInOrder(String name, int channels, int pieces, String between)
      throws Exception {
    Samples kind = Samples.valueOf(name);
    byte[] stored = stored(kind, channels);
    Header header = Header.right(kind, channels);
    float[] wanted = heard(wave(header, stored));
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    int piece = stored.length / pieces / header.frameBytes() * header.frameBytes();
    for (int from = piece; from < stored.length; from += piece) {
      if (!between.isEmpty()) {
        rest.writeBytes(chunk(between, new byte[between.equals("junk") ? 4_001 : 12]));
      }
      int to = Math.min(stored.length, from + piece);
      rest.writeBytes(chunk("data", Arrays.copyOfRange(stored, from, to)));
    }
    byte[] first = Arrays.copyOf(stored, piece);

    float[] found = heard(concat(wave(header, first), rest.toByteArray()));

    assertThat(found.length).isBetween(wanted.length - 16, wanted.length + 16);
    // each piece has its own mix of channels
    assertThat(likeness(wanted, found)).isGreaterThan(0.95);
  }

  private static byte[] stored(Samples kind, Header header) {
    return stored(kind, header.channels());
  }

  /** Speech; other speech on the second channel. */
  private static byte[] stored(Samples kind, int channels) {
    float[] one = SPEECH.get(0);
    float[] two = SPEECH.get(1);
    ByteBuffer out =
        ByteBuffer.allocate(kind.bytes * channels * one.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < one.length; i++) {
      kind.put(out, one[i]);
      if (channels > 1) {
        kind.put(out, two[i]);
      }
    }
    return out.array();
  }

  private float[] heard(byte[] file) throws Exception {
    Path recording = Files.write(folder.resolve("odd.wav"), file);
    DecodedAudio audio =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(
                recording, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
    return Recordings.samples(audio);
  }

  private static double likeness(float[] one, float[] other) {
    double product = 0;
    double powerOne = 0;
    double powerOther = 0;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      product += one[i] * other[i];
      powerOne += one[i] * one[i];
      powerOther += other[i] * other[i];
    }
    return product / Math.sqrt(powerOne * powerOther);
  }

  private static byte[] wave(Header header, byte[] stored) {
    ByteBuffer format = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    format.putShort((short) header.tag()).putShort((short) header.channels()).putInt(RATE);
    format.putInt(header.pace()).putShort((short) header.frameBytes());
    format.putShort((short) header.bits());
    byte[] body = concat(text("WAVE"), chunk("fmt ", format.array()), chunk("data", stored));
    return chunk("RIFF", body);
  }

  /** With its padding. */
  private static byte[] chunk(String name, byte[] content) {
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    head.put(text(name)).putInt(content.length);
    return concat(head.array(), content, new byte[content.length % 2]);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
