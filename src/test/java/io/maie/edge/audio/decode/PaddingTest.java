package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.container.ByteSpan;
import io.maie.edge.audio.container.SoundEnd;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes with which a file is filled up behind its sound are neither sound nor damage. */
final class PaddingTest {
  private static final Path SPEECH = Path.of("src", "main", "dist", "samples", "kennedy.flac");
  private static final int PADDING = 20_480;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "ac3, -ar 48000 -c:a ac3 -f ac3",
    "eac3, -ar 48000 -c:a eac3 -f eac3",
    "aac, -c:a aac -f adts",
    "loas, -c:a aac -f latm",
    "mp3, -c:a libmp3lame -f mp3",
    "mp2, -ar 48000 -c:a mp2 -f mp2",
    "gsm, -ar 8000 -ac 1 -f gsm",
    "g722, -ar 16000 -ac 1 -f g722",
    "flac, -f flac",
    "nut, -c:a flac -f nut"
  })
  void equalBytesBehindTheSoundChangeNothing(String ending, String options) throws Exception {
    byte[] sound = encoded(ending, options);
    DecodedAudio whole = decode(ending, sound);
    long samples = whole.samples();

    for (int value : new int[] {0, 0xFF, 0xCC}) {
      byte[] padded = Arrays.copyOf(sound, sound.length + PADDING);
      Arrays.fill(padded, sound.length, padded.length, (byte) value);
      DecodedAudio audio = decode(ending, padded);

      // a decoder gives the delay of MP3 or not
      assertThat(audio.samples()).as("with %x", value).isCloseTo(samples, within(480L));
      assertThat(audio.complete()).isTrue();
      assertThat(audio.warnings()).as("with %x", value).isEqualTo(whole.warnings());
    }
  }

  @ParameterizedTest
  @CsvSource({"ul, mulaw, 0", "al, alaw, 0", "al, alaw, -1", "ul, mulaw, 64"})
  void whatIsNoSilenceOnTheTelephoneIsPadding(String ending, String format, byte value)
      throws Exception {
    byte[] sound = encoded(ending, "-ar 8000 -ac 1 -f " + format);
    byte[] padded = Arrays.copyOf(sound, sound.length + PADDING);
    Arrays.fill(padded, sound.length, padded.length, value);

    assertThat(decode(ending, padded).samples()).isCloseTo(2L * sound.length, within(16L));
  }

  @ParameterizedTest
  @CsvSource({"ul, mulaw, -1", "al, alaw, -43", "sln, s16le, 0"})
  void silenceAtTheEndOfACallIsKept(String ending, String format, byte value) throws Exception {
    byte[] sound = encoded(ending, "-ar 8000 -ac 1 -f " + format);
    byte[] silent = Arrays.copyOf(sound, sound.length + PADDING);
    Arrays.fill(silent, sound.length, silent.length, value);
    int sampleBytes = format.equals("s16le") ? 2 : 1;

    assertThat(decode(ending, silent).samples()).isEqualTo(2L * silent.length / sampleBytes);
  }

  /** Headers of frames, bytes of a frame without its first. */
  @ParameterizedTest
  @CsvSource({"'#!AMR\n', 60, 31, 0", "'#!AMR\n', 60, 31, -1", "'#!AMR-WB\n', 68, 60, 0"})
  void equalBytesBehindAmrAreNoSound(String head, int type, int bytes, byte value)
      throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head.translateEscapes().getBytes(StandardCharsets.US_ASCII));
    byte[] frame = new byte[1 + bytes];
    Random random = new Random(1);
    for (int i = 0; i < 150; i++) {
      random.nextBytes(frame);
      frame[0] = (byte) type;
      file.writeBytes(frame);
    }
    byte[] padding = new byte[PADDING];
    Arrays.fill(padding, value);
    file.writeBytes(padding);

    DecodedAudio audio = decode("amr", file.toByteArray());

    assertThat(audio.samples() / 16_000.0).isCloseTo(3, within(0.03));
    assertThat(audio.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n--end--\r\n", "PK\u0003\u0004", "\u0089PNG\r\n"})
  void whatStandsBehindNutIsNoDamage(String first) throws Exception {
    byte[] sound = encoded("nut", "-c:a flac -f nut");
    byte[] other = new byte[5_000];
    new Random(2).nextBytes(other);
    byte[] joined = Arrays.copyOf(sound, sound.length + first.length() + other.length);
    System.arraycopy(
        first.getBytes(StandardCharsets.ISO_8859_1), 0, joined, sound.length, first.length());
    System.arraycopy(other, 0, joined, sound.length + first.length(), other.length);

    DecodedAudio audio = decode("nut", joined);

    assertThat(audio.samples()).isEqualTo(6 * 16_000);
    assertThat(audio.warnings()).isEmpty();
  }

  @Test
  void aFileOfNothingButPaddingEndsAtOnce() throws Exception {
    Path zeros = Files.write(folder.resolve("zeros.ul"), new byte[4 << 20]);

    assertThat(SoundEnd.paddingStart(zeros, new ByteSpan(0, 4 << 20))).isZero();
  }

  private byte[] encoded(String ending, String options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-i", SPEECH.toString(), "-t", "6"));
    arguments.addAll(List.of(options.split(" ", -1)));
    return Files.readAllBytes(new Recordings(folder).ffmpeg("whole." + ending, arguments));
  }

  private DecodedAudio decode(String ending, byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("padded." + ending), bytes);
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }
}
