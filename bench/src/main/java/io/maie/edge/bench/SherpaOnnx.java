package io.maie.edge.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** sherpa-onnx by its package for Node, with the graphs of the product, in a process of its own. */
final class SherpaOnnx implements AutoCloseable {
  private static final Path SCRIPT = Path.of("bench/src/main/js/moonshine.js");

  private final Process process;
  private final BufferedReader answers;

  /**
   * Starts it.
   *
   * @param modules where {@code npm install sherpa-onnx-node} was run
   */
  SherpaOnnx(Path modules, Path model, List<Path> recordings, int threads, Path scratch)
      throws IOException {
    Path packages = modules.toAbsolutePath().resolve("node_modules");
    List<String> command = new ArrayList<>(List.of("node", SCRIPT.toString(), model.toString()));
    command.add(vocabulary(model, scratch).toString());
    command.add(Integer.toString(threads));
    recordings.forEach(recording -> command.add(recording.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("NODE_PATH", packages.toString());
    builder
        .environment()
        .put("LD_LIBRARY_PATH", packages.resolve("sherpa-onnx-linux-x64").toString());
    process = builder.start();
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** The pieces as sherpa-onnx wants them: base64, and a number. */
  private static Path vocabulary(Path model, Path scratch) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String piece : Files.readAllLines(model.resolve("tokens.txt"), StandardCharsets.UTF_8)) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      lines.add(Base64.getEncoder().encodeToString(bytes) + " " + lines.size());
    }
    return Files.write(scratch.resolve("tokens.txt"), lines);
  }

  MoonshineBench.Cost run() throws IOException {
    process.outputWriter().write("go\n");
    process.outputWriter().flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("expected an answer of sherpa-onnx, found its end");
    }
    String[] parts = answer.split(" ");
    return new MoonshineBench.Cost(Double.parseDouble(parts[0]), Integer.parseInt(parts[1]));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
