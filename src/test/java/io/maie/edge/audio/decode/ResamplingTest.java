package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short filter and samples of 16 bits take nothing from speech. */
final class ResamplingTest {
  private static final String SPEECH = "src/main/dist/samples/kennedy.flac";

  @TempDir Path folder;

  private Recordings recordings;

  @BeforeEach
  void makeRecordings() {
    recordings = new Recordings(folder);
  }

  @ParameterizedTest
  @CsvSource({"48000, pcm_s16le", "44100, pcm_s16le", "32000, pcm_s24le", "96000, pcm_f32le"})
  void tonesOfSpeechKeepTheirLevel(int rate, String codec) throws Exception {
    float[] samples =
        decoded(
            "low.wav",
            "-f",
            "lavfi",
            "-i",
            "aevalsrc='0.2*sin(2*PI*150*t)+0.2*sin(2*PI*3000*t)+0.2*sin(2*PI*6000*t)':s="
                + rate
                + ":d=2",
            "-c:a",
            codec);

    for (int hertz : List.of(150, 3_000, 6_000)) {
      assertThat(Recordings.amplitude(samples, hertz))
          .as("%d Hz", hertz)
          .isCloseTo(0.2, within(0.004));
    }
  }

  @ParameterizedTest
  @CsvSource({"48000, pcm_s16le", "44100, pcm_s16le", "32000, pcm_s24le", "96000, pcm_f32le"})
  void tonesAboveTheBandFoldDownBy50DecibelsLess(int rate, String codec) throws Exception {
    for (int hertz : List.of(9_500, 10_500, 12_000, 15_000)) {
      float[] samples =
          decoded(
              "high.wav",
              "-f",
              "lavfi",
              "-i",
              "aevalsrc='0.25*sin(2*PI*440*t)+0.5*sin(2*PI*" + hertz + "*t)':s=" + rate + ":d=2",
              "-c:a",
              codec);

      assertThat(Recordings.amplitude(samples, 16_000 - hertz))
          .as("%d Hz", hertz)
          .isLessThan(0.5 * Math.pow(10, -50 / 20.0));
    }
  }

  /** The same samples, stored as floats, are resampled without rounding. */
  @ParameterizedTest
  @CsvSource({"-30, 50", "-45, 35", "-60, 40"})
  void speechLosesNothingByThe16BitsOfItsSource(int gain, int ratio) throws Exception {
    Path source =
        recordings.ffmpeg(
            "short.wav",
            List.of("-i", SPEECH, "-af", "volume=" + gain + "dB", "-ar", "48000", "-ac", "2"));
    float[] rounded = decoded(source);
    float[] exact = decoded("float.wav", "-i", source.toString(), "-c:a", "pcm_f32le");

    assertThat(rounded).hasSameSizeAs(exact);
    double difference = 0;
    double power = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += Math.pow(rounded[i] - exact[i], 2);
      power += Math.pow(exact[i], 2);
    }
    assertThat(10 * Math.log10(power / Math.max(difference, 1e-30))).isGreaterThan(ratio);
  }

  @Test
  void aFaintVoiceOf16BitsIsDecodedToFloats() throws Exception {
    Path source =
        recordings.ffmpeg(
            "faint.flac", List.of("-i", SPEECH, "-af", "volume=-60dB", "-ar", "48000"));

    DecodedAudio audio = decode(source);

    assertThat(audio.heard().level().gainDecibels()).isGreaterThan(30);
    assertThat(audio.samples()).isEqualTo(176_000);
    assertThat(audio.heard().decodedSamples()).isEqualTo(176_000);
  }

  private float[] decoded(String name, String... arguments) throws Exception {
    return decoded(recordings.ffmpeg(name, List.of(arguments)));
  }

  private float[] decoded(Path file) throws Exception {
    return Recordings.samples(decode(file));
  }

  private DecodedAudio decode(Path file) throws Exception {
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }
}
