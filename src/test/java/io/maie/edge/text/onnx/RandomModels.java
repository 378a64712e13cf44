package io.maie.edge.text.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.text.onnx.OnnxLanguageModel.Limits;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The small random models of src/test/python/make_language_models.py, and what they answer. */
final class RandomModels {
  static final List<String> FAMILIES = List.of("qwen2", "qwen3", "llama3", "smollm2", "gemma3");
  static final Limits LIMITS =
      new Limits(new OnnxTextOptions(512, Duration.ofMinutes(5)), Ticker.system());
  private static final Path MODELS = Path.of("src/test/resources/text/models");
  private static final ObjectMapper JSON = new ObjectMapper();

  private RandomModels() {}

  /** A conversation, and what transformers makes of it. */
  record Golden(
      String instructions,
      String material,
      String prompt,
      List<Integer> promptIds,
      List<Integer> answerIds,
      List<Integer> answerIdsOfFourBits,
      String answer) {}

  static Path folder(String family) {
    return MODELS.resolve(family);
  }

  static OnnxRuntime runtime() {
    return new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system());
  }

  static List<Golden> goldens(String family) throws IOException {
    List<Golden> goldens = new ArrayList<>();
    for (JsonNode golden : JSON.readTree(folder(family).resolve("golden.json").toFile())) {
      goldens.add(
          new Golden(
              golden.at("/messages/0/content").asText(),
              golden.at("/messages/1/content").asText(),
              golden.get("prompt").asText(),
              ids(golden.path("prompt_ids")),
              ids(golden.path("answer_ids")),
              ids(golden.path("answer_ids_q4")),
              golden.get("answer").asText()));
    }
    return goldens;
  }

  private static List<Integer> ids(JsonNode ids) {
    return StreamSupport.stream(ids.spliterator(), false).map(JsonNode::asInt).toList();
  }
}
