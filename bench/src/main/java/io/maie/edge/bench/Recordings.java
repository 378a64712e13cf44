package io.maie.edge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Recordings to feed in. */
final class Recordings {
  private static final int SAMPLE_RATE = 16_000;
  private static final int HEADER_BYTES = 44;

  private Recordings() {}

  /** A WAV of quiet noise: 16 kHz, mono, 16 bit. */
  static byte[] noise(double seconds, long seed) {
    int samples = (int) (seconds * SAMPLE_RATE);
    ByteBuffer wav =
        ByteBuffer.allocate(HEADER_BYTES + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes()).putInt(36 + 2 * samples).put("WAVEfmt ".getBytes()).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE).putInt(2 * SAMPLE_RATE);
    wav.putShort((short) 2).putShort((short) 16).put("data".getBytes()).putInt(2 * samples);
    Random random = new Random(seed);
    for (int i = 0; i < samples; i++) {
      wav.putShort((short) random.nextInt(-30, 30));
    }
    return wav.array();
  }

  /** The shipped samples in a loop with pauses, until {@code minutes} are full, as one FLAC. */
  static Path speech(int minutes, Path folder) throws IOException, InterruptedException {
    return speech(60 * minutes, folder.resolve("speech-" + minutes + "min.flac"), "flac");
  }

  /** The same as a WAV of 16 bits with a header of 44 bytes. */
  static Path speechWav(int seconds, Path folder) throws IOException, InterruptedException {
    return speech(seconds, folder.resolve("speech-" + seconds + "s.wav"), "pcm_s16le");
  }

  private static Path speech(int seconds, Path target, String codec)
      throws IOException, InterruptedException {
    Path folder = target.getParent();
    Path list = folder.resolve("loop.txt");
    StringBuilder lines = new StringBuilder();
    try (var samples = Files.list(Path.of("src/main/dist/samples"))) {
      for (Path sample :
          samples
              .filter(p -> p.toString().matches(".*\\.(wav|flac|mp3|m4a|ogg)"))
              .sorted()
              .toList()) {
        Path wav = folder.resolve(sample.getFileName() + ".part.wav");
        call("ffmpeg", "-v", "error", "-y", "-i", sample.toString(), "-ar", "16000", "-ac", "1",
            "-af", "apad=pad_dur=1", wav.toString());
        lines.append("file '").append(wav.toAbsolutePath()).append("'\n");
      }
    }
    Files.writeString(list, lines.toString().repeat(2_000));
    call("ffmpeg", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", list.toString(), "-t",
        Integer.toString(seconds), "-c:a", codec, "-fflags", "+bitexact", target.toString());
    return target;
  }

  private static void call(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
  }
}
