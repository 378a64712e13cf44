package io.maie.edge.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The models that src/test/python/make_onnx_models.py made. */
final class TestModels {
  private TestModels() {}

  /** Copies a model out of the test resources. */
  static Path copy(String name, Path folder) throws IOException {
    Path target = folder.resolve(name);
    try (InputStream model = TestModels.class.getResourceAsStream("/onnx/" + name)) {
      Files.copy(java.util.Objects.requireNonNull(model, name), target);
    }
    return target;
  }
}
