package io.maie.edge.modelfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON files that publishers put beside their models. */
final class JsonFile {
  static final JsonMapper MAPPER = new JsonMapper();

  private JsonFile() {}

  /**
   * The object in {@code file}; empty if there is no such file.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it holds anything else
   */
  static Optional<ObjectNode> readIfThere(Path file) throws ProcessingException, IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
      if (node instanceof ObjectNode object) {
        return Optional.of(object);
      }
      throw damaged(file, null);
    } catch (JsonProcessingException e) {
      throw damaged(file, e);
    }
  }

  private static ProcessingException damaged(Path file, @Nullable Throwable cause) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected a JSON object, found something else: '" + file + "'",
        "Copy the model's files again",
        cause);
  }
}
