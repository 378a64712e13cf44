package io.maie.edge.testing;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import java.io.IOException;
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
            "s16le",
            pcm.toString());
    Process ffmpeg = new ProcessBuilder(command).inheritIO().start();
    if (!ffmpeg.waitFor(60, TimeUnit.SECONDS) || ffmpeg.exitValue() != 0) {
      ffmpeg.destroyForcibly();
      throw new IOException("ffmpeg did not decode '" + recording + "'");
    }
    try (PcmFile file = PcmFile.open(pcm)) {
      return SampleSource.of(file.read(new SampleSpan(0, file.length())));
    }
  }
}
