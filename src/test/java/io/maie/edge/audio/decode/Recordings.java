package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSpan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes recordings of every kind with the ffmpeg program, and measures what came out of them. */
final class Recordings {
  private final Path folder;

  Recordings(Path folder) {
    this.folder = folder;
  }

  /** A tone at a quarter of full scale, 5 s unless the options say otherwise. */
  Path tone(String name, String... options) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("-f", "lavfi", "-i", "aevalsrc=0.25*sin(2*PI*440*t):s=48000:d=5"));
    arguments.addAll(List.of(options));
    return ffmpeg(name, arguments);
  }

  /** The file that ffmpeg makes of these arguments. */
  Path ffmpeg(String name, List<String> arguments) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(arguments);
    command.add("file:" + file);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    process.getInputStream().transferTo(said);
    assertThat(process.waitFor())
        .as(said.toString(java.nio.charset.StandardCharsets.UTF_8))
        .isZero();
    return file;
  }

  Path bytes(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** A copy of the first bytes only. */
  Path cut(Path file, String name, double share) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return bytes(name, Arrays.copyOf(all, (int) (all.length * share)));
  }

  /** A copy in which the bytes from {@code offset} on are others. */
  Path patched(Path file, String name, int offset, byte... others) throws IOException {
    byte[] all = Files.readAllBytes(file);
    System.arraycopy(others, 0, all, offset, others.length);
    return bytes(name, all);
  }

  /** The position at which {@code text} first stands in {@code file}. */
  static int indexOf(Path file, String text) throws IOException {
    return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
        .indexOf(text);
  }

  static float[] samples(DecodedAudio audio) throws IOException {
    try (PcmFile pcm = PcmFile.open(audio.pcm())) {
      assertThat(pcm.length()).isEqualTo(audio.samples());
      return pcm.read(new SampleSpan(0, pcm.length())).samples();
    }
  }

  /** Amplitude of the tone of {@code hertz} in the middle half, by correlation. */
  static double amplitude(float[] samples, double hertz) {
    int from = samples.length / 4;
    int to = 3 * samples.length / 4;
    double cosine = 0;
    double sine = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * hertz * i / 16_000;
      cosine += samples[i] * Math.cos(angle);
      sine += samples[i] * Math.sin(angle);
    }
    return 2 * Math.hypot(cosine, sine) / (to - from);
  }

  /** Root of the mean square of the middle half. */
  static double rms(float[] samples) {
    int from = samples.length / 4;
    int to = 3 * samples.length / 4;
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / (to - from));
  }
}
