package io.maie.edge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** whisper.cpp's command line program, and the times that it prints at the end. */
final class WhisperCpp {
  private static final int TOKENS = 100;

  private final Path build;
  private final Path recording;
  private final int threads;

  WhisperCpp(Path build, Path recording, int threads) {
    this.build = build;
    this.recording = recording;
    this.threads = threads;
  }

  /**
   * Recognises the recording: no fallback, no text carried over, no timestamps, no look for the
   * language, so that nothing but windows of {@value #TOKENS} tokens is computed.
   */
  WhisperCost run(Path model, int beams, int windows) throws IOException, InterruptedException {
    String printed = print(model, beams);
    int encoded = count(printed, "encode");
    // the last token of a window is drawn but not read again
    int read = count(printed, beams == 1 ? "decode" : "batchd");
    if (encoded != windows || read < windows * (TOKENS - 1)) {
      throw new IOException("whisper.cpp did other work than expected:\n" + printed);
    }
    double decoder =
        millis(printed, "decode") + millis(printed, "batchd") + millis(printed, "prompt");
    double whole =
        decoder
            + millis(printed, "mel")
            + millis(printed, "sample")
            + millis(printed, "encode");
    return new WhisperCost(
        whole, millis(printed, "encode") / windows, decoder / windows / TOKENS, decoder, Double.NaN);
  }

  private String print(Path model, int beams) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(build.resolve("bin/whisper-cli").toString()));
    command.addAll(List.of("-m", model.toString(), "-f", recording.toString()));
    command.addAll(List.of("-t", Integer.toString(threads), "-bs", Integer.toString(beams)));
    command.addAll(List.of("-bo", "1", "-nf", "-mc", "0", "-nt", "-l", "en", "-ng"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + printed);
    }
    return printed;
  }

  private static double millis(String printed, String part) throws IOException {
    return Double.parseDouble(found(printed, part + " time = +([0-9.]+) ms"));
  }

  private static int count(String printed, String part) throws IOException {
    return Integer.parseInt(found(printed, part + " time = +[0-9.]+ ms / +([0-9]+) runs"));
  }

  private static String found(String printed, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(printed);
    if (!matcher.find()) {
      throw new IOException("expected '" + pattern + "' in what whisper.cpp printed:\n" + printed);
    }
    return matcher.group(1);
  }
}
