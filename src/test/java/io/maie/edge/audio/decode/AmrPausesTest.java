package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telephones send no sound while nobody speaks (3GPP TS 26.093); what follows stays in place. */
final class AmrPausesTest {
  /** Kinds of frames, and their bytes behind the first (3GPP TS 26.101, RFC 4867). */
  private static final int SPEECH = 7;

  private static final int SPEECH_BYTES = 31;
  private static final int COMFORT_NOISE = 8;
  private static final int COMFORT_NOISE_BYTES = 5;
  private static final int NO_DATA = 15;

  private static final int FRAMES_PER_SECOND = 50;

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Random random = new Random(1);

  @Test
  void pausesWithoutSoundKeepTheirLength() throws Exception {
    bytes.writeBytes("#!AMR\n".getBytes(StandardCharsets.US_ASCII));
    frames(SPEECH, SPEECH_BYTES, 2 * FRAMES_PER_SECOND);
    frames(COMFORT_NOISE, COMFORT_NOISE_BYTES, 1);
    frames(NO_DATA, 0, FRAMES_PER_SECOND - 1);
    frames(SPEECH, SPEECH_BYTES, 3 * FRAMES_PER_SECOND);
    Path file = Files.write(folder.resolve("call.amr"), bytes.toByteArray());

    DecodedAudio audio =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());

    float[] heard = Recordings.samples(audio);
    assertThat(heard.length / 16_000.0).isCloseTo(6, within(0.05));
    assertThat(audio.heard().insertedSamples() / 16_000.0).isCloseTo(1, within(0.05));
    for (int i = (int) (2.1 * 16_000); i < 2.9 * 16_000; i++) {
      assertThat(heard[i]).isZero();
    }
    assertThat(audio.warnings()).isEmpty();
    assertThat(audio.complete()).isTrue();
  }

  private void frames(int kind, int size, int count) {
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      bytes.write(kind << 3 | 4);
      bytes.writeBytes(content);
    }
  }
}
