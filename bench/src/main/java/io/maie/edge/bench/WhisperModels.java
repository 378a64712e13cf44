package io.maie.edge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Random models of the published sizes, made once and kept in a folder that git does not see. */
final class WhisperModels {
  private static final String HALF = "ggml-f16.bin";

  private final Path folder;
  private final String python;

  WhisperModels(Path folder, String python) {
    this.folder = folder.toAbsolutePath();
    this.python = python;
  }

  /** The folder that holds the models, each in one named as its size. */
  Path folder() {
    return folder;
  }

  /** The model folder of a size; made if it is not there, which takes a minute. */
  Path make(String size) throws IOException, InterruptedException {
    Path model = folder.resolve(size);
    if (!Files.exists(model.resolve("config.json"))) {
      System.out.println("making a random model of size " + size + " in " + model);
      call(
          new ProcessBuilder(python, "-W", "ignore", "-m", "whisper.sizes", folder.toString(), size)
              .directory(Path.of("src", "test", "python").toFile()));
    }
    return model;
  }

  /** The same weights for whisper.cpp, in each of its usual precisions. */
  List<Path> ggml(String size, Path build) throws IOException, InterruptedException {
    Path half = folder.resolve(size).resolve(HALF);
    List<Path> all = new ArrayList<>(List.of(half));
    for (String kind : List.of("q8_0", "q5_1")) {
      Path quantized = half.resolveSibling("ggml-" + kind + ".bin");
      if (!Files.exists(quantized)) {
        call(
            new ProcessBuilder(
                build.resolve("bin/whisper-quantize").toString(),
                half.toString(),
                quantized.toString(),
                kind));
      }
      all.add(quantized);
    }
    return all;
  }

  private static void call(ProcessBuilder builder) throws IOException, InterruptedException {
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    int status = builder.start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", builder.command()) + " ended with " + status);
    }
  }
}
