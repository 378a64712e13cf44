package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound without a header, recognised by its name and its bytes. */
final class RawTelephoneTest {
  private static final Path SPEECH = Path.of("src", "main", "dist", "samples", "kennedy.flac");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "call.raw, s16le, raw/pcm_s16le",
    "call.raw, mulaw, raw/pcm_mulaw",
    "call.raw, alaw, raw/pcm_alaw",
    "call.g722, g722, raw/adpcm_g722"
  })
  void speechIsHeardAtItsLength(String name, String format, String found) throws Exception {
    String rate = format.equals("g722") ? "16000" : "8000";
    Path file = written(name, "-ar", rate, "-ac", "1", "-f", format);

    DecodedAudio audio = decode(file);

    assertThat(audio.format()).isEqualTo(found);
    assertThat(seconds(audio)).isCloseTo(seconds(decode(SPEECH)), within(0.1));
    assertThat(audio.warnings()).isEmpty();
  }

  @Test
  void aCallOfADialogicCardIsHeard() throws Exception {
    byte[] samples =
        Files.readAllBytes(written("call.pcm", "-ar", "8000", "-ac", "1", "-f", "s16le"));
    Path file = Files.write(folder.resolve("call.vox"), DialogicCoder.encode(samples));

    DecodedAudio audio = decode(file);

    assertThat(audio.format()).isEqualTo("raw/adpcm_ima_oki");
    assertThat(seconds(audio)).isCloseTo(samples.length / 16_000.0, within(0.1));
    assertThat(audio.heard().level().loudness()).isBetween(-40.0, -5.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"call.raw", "call.vox", "call.g722", "call.ul", "call.sln", "call.gsm"})
  void randomBytesAreNoSound(String name) throws Exception {
    byte[] bytes = new byte[50_000];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve(name), bytes);

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("no sound of the kind that its name says");
  }

  private Path written(String name, String... options) {
    Path file = folder.resolve(name);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ExternalProgram.require("ffmpeg").toString(), "-v", "error", "-i"));
    command.add(SPEECH.toString());
    command.addAll(List.of(options));
    command.add(file.toString());
    ExternalProgram.run(command);
    return file;
  }

  private static double seconds(DecodedAudio audio) {
    return audio.samples() / 16_000.0;
  }

  private DecodedAudio decode(Path file) throws Exception {
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }

  /** Codes as Dialogic's application note 00-1366-001 tells: twelve bits, two codes a byte. */
  private static final class DialogicCoder {
    private static final int MOST = 2047;
    private static final int LAST_STEP = 48;
    private int sample;
    private int index;

    static byte[] encode(byte[] samples) {
      DialogicCoder coder = new DialogicCoder();
      ByteArrayOutputStream codes = new ByteArrayOutputStream();
      for (int i = 0; i + 3 < samples.length; i += 4) {
        int first = coder.code(sample(samples, i) >> 4);
        codes.write((first << 4) | coder.code(sample(samples, i + 2) >> 4));
      }
      return codes.toByteArray();
    }

    private static int sample(byte[] samples, int at) {
      return (samples[at + 1] << 8) | (samples[at] & 0xFF);
    }

    private int code(int target) {
      int step = (int) (16 * Math.pow(1.1, index));
      boolean isBelow = target < sample;
      int code = Math.min(7, 4 * Math.abs(target - sample) / step);
      int change = step * code / 4 + step / 8;
      sample = Math.max(-MOST, Math.min(MOST, isBelow ? sample - change : sample + change));
      index = Math.max(0, Math.min(LAST_STEP, index + (code < 4 ? -1 : 2 * (code - 3))));
      return isBelow ? code | 8 : code;
    }
  }
}
