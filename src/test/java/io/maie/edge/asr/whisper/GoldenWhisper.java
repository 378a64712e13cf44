package io.maie.edge.asr.whisper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A small model that src/test/python/whisper/golden.py made, and what the references said to it.
 */
final class GoldenWhisper {
  static final Path FOLDER = Path.of("src", "test", "resources", "golden", "whisper");

  final ModelFolder model;
  final WhisperSettings settings;
  final JsonNode golden;

  private GoldenWhisper(ModelFolder model, JsonNode golden) throws Exception {
    this.model = model;
    settings = WhisperSettings.read(model);
    this.golden = golden;
  }

  /** The model in its folder, with the best of its graphs. */
  static GoldenWhisper open(String name) throws Exception {
    return in(FOLDER, name);
  }

  /**
   * The model with only the graphs that have a suffix.
   *
   * @param suffix such as {@code _fp16}; empty for 32-bit floats
   */
  static GoldenWhisper open(String name, String suffix, boolean merged, Path scratch)
      throws Exception {
    List<String> graphs =
        merged
            ? List.of("encoder_model", "decoder_model_merged")
            : List.of("encoder_model", "decoder_model", "decoder_with_past_model");
    return open(name, scratch, graphs.stream().map(g -> g + suffix).toArray(String[]::new));
  }

  /** The model with only these graphs, such as {@code encoder_model_fp16}. */
  static GoldenWhisper open(String name, Path scratch, String... graphs) throws Exception {
    Path from = FOLDER.resolve(name);
    Path to = scratch.resolve(name);
    Files.createDirectories(to.resolve("onnx"));
    for (String file :
        List.of(
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "tokenizer.json",
            "golden.json")) {
      Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    for (String graph : graphs) {
      String file = "onnx/" + graph + ".onnx";
      Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return in(scratch, name);
  }

  /** A model whose vocabulary lies elsewhere, with the best of its graphs. */
  static GoldenWhisper open(String name, Path tokenizer, Path scratch) throws Exception {
    Path to = scratch.resolve(name);
    try (Stream<Path> files = Files.walk(FOLDER.resolve(name))) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(FOLDER.resolve(name).relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    Files.copy(tokenizer, to.resolve("tokenizer.json"));
    return in(scratch, name);
  }

  private static GoldenWhisper in(Path models, String name) throws Exception {
    ModelFolder folder =
        new ModelCatalog(models, new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, name, null));
    return new GoldenWhisper(
        folder, new JsonMapper().readTree(folder.path().resolve("golden.json").toFile()));
  }

  /** One of the two recordings that are no speech; samples in [-1, 1]. */
  static float[] sound(int index) throws IOException {
    return samples(Files.readAllBytes(FOLDER.resolve("sound-" + index + ".raw")));
  }

  /** Sound {@code index} of the model's cases; samples in [-1, 1]. */
  float[] heard(int index) throws IOException {
    if (!golden.has("sounds")) {
      return sound(index);
    }
    JsonNode span = golden.get("sounds").get(index);
    return Arrays.copyOfRange(recording(), span.get(0).asInt(), span.get(1).asInt());
  }

  /** The speech that the trained model knows, samples in [-1, 1]. */
  float[] recording() throws IOException {
    return samples(unzipped("recording.raw.gz"));
  }

  /** A file of the golden folder, even where graphs were copied away from it. */
  byte[] unzipped(String file) throws IOException {
    Path path = FOLDER.resolve(model.name()).resolve(file);
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      return in.readAllBytes();
    }
  }

  private static float[] samples(byte[] bytes) {
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[bytes.length / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values.getShort() / 32768f;
    }
    return samples;
  }

  /** 32-bit floats as a file holds them. */
  static float[] floats(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  /** Part of a hidden state in golden files: 8 numbers of each of the first 4 frames. */
  static float[] beginning(float[] state, int width) {
    float[] values = new float[32];
    for (int i = 0; i < values.length; i++) {
      values[i] = state[i / 8 * width + i % 8];
    }
    return values;
  }

  static List<Integer> ints(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asInt()));
    return values;
  }

  /** Answer of onnxruntime's Python for the graphs whose names end so. */
  JsonNode published(String suffix) {
    for (JsonNode expected : golden.get("onnxruntime")) {
      if (expected.get("suffix").asText().equals(suffix)) {
        return expected;
      }
    }
    throw new AssertionError("nothing recorded of " + suffix);
  }

  Path file(String name) {
    return model.path().resolve(name);
  }
}
