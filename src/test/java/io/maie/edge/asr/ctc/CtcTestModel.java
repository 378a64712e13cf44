package io.maie.edge.asr.ctc;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.Waveform;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A tiny model of src/test/python/make_ctc_models.py with a manifest that ships in config/models.
 */
final class CtcTestModel {
  private final String name;

  CtcTestModel(String name) {
    this.name = name;
  }

  /** Installs it under {@code models} as an operator would. */
  ModelFolder install(Path models) throws Exception {
    return install(models, manifest -> manifest);
  }

  ModelFolder install(Path models, UnaryOperator<String> edit) throws Exception {
    Path folder = Files.createDirectories(models.resolve(name));
    Files.write(folder.resolve("model.onnx"), resource(name + "/model.onnx"));
    Files.write(folder.resolve("tokens.txt"), resource(name + "/tokens.txt"));
    String manifest = Files.readString(Path.of("config", "models", name + "-ctc.manifest.json"));
    Files.writeString(folder.resolve("manifest.json"), edit.apply(manifest));
    return new ModelCatalog(models, new Checksums())
        .choose(ModelWish.ofRecording(ModelTask.ASR, null, name, null));
  }

  /** Output of onnxruntime's Python for {@link #signal}, shape (frames, tokens). */
  float[] posteriors() throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(resource(name + "/posteriors.f32le")).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** The tokens of the best path, by Python. */
  int[] greedyTokens() throws IOException {
    String text = new String(resource(name + "/greedy.txt"), StandardCharsets.UTF_8);
    return Arrays.stream(text.strip().split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  static Waveform signal() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(resource("signal.s16le")).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / 32_768f;
    }
    return Waveform.of(samples);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        requireNonNull(CtcTestModel.class.getResourceAsStream("/ctc/" + name), name)) {
      return in.readAllBytes();
    }
  }
}
