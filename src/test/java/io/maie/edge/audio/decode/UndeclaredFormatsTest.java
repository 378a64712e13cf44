package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rate, channels or bits that a header does not tell, or tells absurdly, refuse no recording. */
final class UndeclaredFormatsTest {
  private static final Path SAMPLES = Path.of("src", "main", "dist", "samples");
  private static final String MEETING = "monday meeting.flac";
  private static final double SECONDS = 6;

  @TempDir private Path folder;

  /** Chunk, bytes from its name to the damage, number and value of the damaged ones. */
  @ParameterizedTest
  @CsvSource({
    "wav, 'fmt ', 12, 4, 0",
    "wav, 'fmt ', 12, 4, -1",
    "wav, 'fmt ', 10, 6, 0",
    "wav, 'fmt ', 10, 2, 0",
    "wav, 'fmt ', 22, 2, 0",
    "wav, 'fmt ', 20, 2, 0",
    "wav, 'fmt ', 16, 4, 0",
    "rf64, 'fmt ', 12, 4, 0",
    "w64, 'fmt ', 28, 4, 0",
    "w64, 'fmt ', 26, 2, 0",
    "aiff, COMM, 8, 2, 0",
    "aiff, COMM, 14, 2, 0",
    "caf, desc, 28, 4, 0",
    "caf, desc, 32, 4, 0",
    "caf, desc, 36, 4, 0",
    "caf, desc, 40, 4, 0"
  })
  void aDamagedNumberOfAHeaderFollowsFromTheOthers(
      String format, String chunk, int offset, int count, byte value) throws Exception {
    DecodedAudio audio = decode(damaged(format, chunk, new Damage(offset, count, value)));

    assertThat(audio.samples() / 16_000.0).isCloseTo(SECONDS, within(0.01));
    assertThat(audio.sampleRate()).isEqualTo(16_000);
    assertThat(audio.channels()).isEqualTo(1);
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "wav, 'fmt ', 10, 14, 0",
    "wav, 'fmt ', 10, 14, -1",
    "wav, 'fmt ', 8, 16, 0",
    "wav, 'fmt ', 10, 10, 0",
    "wav, 'fmt ', 12, 10, 0",
    "rf64, 'fmt ', 10, 14, 0",
    "w64, 'fmt ', 26, 14, 0",
    "aiff, COMM, 16, 10, 0",
    "au, .snd, 16, 8, 0",
    "au, .snd, 16, 4, -1",
    "au, .snd, 12, 12, 0",
    "caf, desc, 12, 8, 0"
  })
  void rateAndChannelsThatNoNumberTellsAreAssumedWithAWarning(
      String format, String chunk, int offset, int count, byte value) throws Exception {
    DecodedAudio audio = decode(damaged(format, chunk, new Damage(offset, count, value)));

    assertThat(audio.samples() / 16_000.0).isCloseTo(SECONDS, within(0.01));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.code()).isEqualTo(WarningCode.FORMAT_ASSUMED))
        .satisfies(
            warning -> assertThat(warning.message()).contains("16000 a second in 1 channel,"));
  }

  /** Rates that lie near each other sound alike. */
  @ParameterizedTest
  @CsvSource({
    "kennedy.flac, 8000, 1, mono|c0=c0",
    "monday meeting.flac, 16000, 2, stereo|c0=c0|c1=c0",
    "monday meeting.flac, 16000, 2, stereo|c0=c0|c1=0.01*c0",
    "kennedy.flac, 44100, 1, mono|c0=c0",
    "kennedy.flac, 48000, 2, stereo|c0=c0|c1=-0.5*c0",
    "kennedy.flac, 48000, 4, 4.0|c0=c0|c1=0.1*c0|c2=0*c0|c3=-0.3*c0"
  })
  void rateAndChannelsAreFoundInTheSound(String sample, int rate, int channels, String layout)
      throws Exception {
    Path whole = written(sample, "whole.wav", "-af", "pan=" + layout, "-ar", "" + rate);
    byte[] bytes = Files.readAllBytes(whole);
    int format = Recordings.indexOf(whole, "fmt ") + 8;
    Arrays.fill(bytes, format + 2, format + 16, (byte) 0);

    DecodedAudio audio = decode(Files.write(folder.resolve("bare.wav"), bytes));

    assertThat(audio.channels()).isEqualTo(channels);
    assertThat(audio.samples() / 16_000.0).isCloseTo(SECONDS, within(0.1 * SECONDS));
    assertThat(audio.warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.FORMAT_ASSUMED);
  }

  /**
   * Bytes that are all of one value.
   *
   * @param offset behind the name of the chunk
   */
  private record Damage(int offset, int count, byte value) {}

  private Path damaged(String format, String chunk, Damage damage) throws Exception {
    Path whole =
        format.equals("rf64")
            ? written(MEETING, "whole.wav", "-rf64", "always")
            : written(MEETING, "whole." + format);
    byte[] bytes = Files.readAllBytes(whole);
    int from = Recordings.indexOf(whole, chunk) + damage.offset();
    Arrays.fill(bytes, from, from + damage.count(), damage.value());
    return Files.write(folder.resolve("damaged." + format), bytes);
  }

  private Path written(String sample, String name, String... options) throws Exception {
    String from = SAMPLES.resolve(sample).toString();
    List<String> arguments = new ArrayList<>(List.of("-i", from, "-t", "6"));
    arguments.addAll(List.of(options));
    return new Recordings(folder).ffmpeg(name, arguments);
  }

  private DecodedAudio decode(Path file) throws Exception {
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }
}
