package io.maie.edge.testing;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The samples of a recording as the ffmpeg program gives them: no gain, no choice of channels. */
public final class RecordedSamples {
  private RecordedSamples() {}

  /**
   * Reads a whole recording of one channel.
   *
   * @param pcm the file to write meanwhile
   */
  public static SampleSource of(Path recording, Path pcm) throws Exception {
    try (PcmFile file = PcmFile.open(decoded(recording, pcm))) {
      return SampleSource.of(file.read(new SampleSpan(0, file.length())));
    }
  }

  /** Writes the samples into {@code pcm}, signed 16-bit, and returns it. */
  public static Path decoded(Path recording, Path pcm) throws Exception {
    decode(recording, pcm, "s16le");
    return pcm;
  }

  /**
   * Reads samples as ffmpeg computes them, without rounding.
   *
   * @param raw the file to write meanwhile
   */
  public static float[] unrounded(Path recording, Path raw) throws Exception {
    decode(recording, raw, "f32le");
    byte[] bytes = Files.readAllBytes(raw);
    float[] samples = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  private static void decode(Path recording, Path target, String format) throws Exception {
    List<String> command =
        List.of(
            "ffmpeg",
            "-nostdin",
            "-v",
            "error",
            "-y",
            "-i",
            recording.toString(),
            "-ac",
            "1",
            "-ar",
            "16000",
            "-f",
            format,
            target.toString());
    Process ffmpeg = new ProcessBuilder(command).inheritIO().start();
    if (!ffmpeg.waitFor(60, TimeUnit.SECONDS) || ffmpeg.exitValue() != 0) {
      ffmpeg.destroyForcibly();
      throw new IOException("ffmpeg did not decode '" + recording + "'");
    }
  }
}
