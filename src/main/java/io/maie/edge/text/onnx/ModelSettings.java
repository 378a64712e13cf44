package io.maie.edge.text.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.text.chat.ChatTemplate;
import io.maie.edge.text.chat.ChatTemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings that a model's publisher puts beside its graph.
 *
 * @param contextTokens that the model was trained for
 * @param vocabularySize number of tokens that have a score
 * @param ends tokens that end an answer
 * @param marks texts that the template may use, such as {@code bos_token}
 */
record ModelSettings(
    int contextTokens,
    int vocabularySize,
    Set<Integer> ends,
    Sampling sampling,
    Map<String, String> marks,
    ChatTemplate template) {
  static final ObjectMapper JSON = new ObjectMapper();

  /** The value that transformers takes if a model samples and names no other. */
  private static final int USUAL_TOP_K = 50;

  ModelSettings {
    ends = Set.copyOf(ends);
    marks = Map.copyOf(marks);
  }

  /**
   * Reads the settings of a folder.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if they are of no use
   */
  static ModelSettings read(Path folder) throws ProcessingException, IOException {
    JsonNode config = json(folder, "config.json");
    JsonNode text = config.has("text_config") ? config.get("text_config") : config;
    JsonNode generation = json(folder, "generation_config.json");
    JsonNode tokenizer = json(folder, "tokenizer_config.json");
    int context = text.path("max_position_embeddings").asInt();
    if (context < 1) {
      throw refused(folder, "config.json names no max_position_embeddings");
    }
    Set<Integer> ends = ids(generation.path("eos_token_id"));
    if (ends.isEmpty()) {
      ends = ids(config.path("eos_token_id"));
    }
    if (ends.isEmpty()) {
      throw refused(folder, "neither generation_config.json nor config.json names an eos_token_id");
    }
    return new ModelSettings(
        context,
        text.path("vocab_size").asInt(),
        ends,
        sampling(folder, generation),
        marks(tokenizer),
        template(folder, tokenizer));
  }

  private static JsonNode json(Path folder, String name) throws ProcessingException, IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw refused(folder, name + " is not valid JSON");
    }
  }

  private static Set<Integer> ids(JsonNode node) {
    Set<Integer> ids = new TreeSet<>();
    if (node.isInt()) {
      ids.add(node.asInt());
    }
    node.forEach(item -> ids.add(item.asInt()));
    return ids;
  }

  private static Sampling sampling(Path folder, JsonNode generation) throws ProcessingException {
    double penalty = generation.path("repetition_penalty").asDouble(1);
    boolean isGreedy = !generation.path("do_sample").asBoolean(false);
    try {
      return isGreedy
          ? new Sampling(true, 1, 0, 1, penalty)
          : new Sampling(
              false,
              generation.path("temperature").asDouble(1),
              generation.path("top_k").asInt(USUAL_TOP_K),
              generation.path("top_p").asDouble(1),
              penalty);
    } catch (IllegalArgumentException e) {
      throw refused(folder, "generation_config.json: " + e.getMessage());
    }
  }

  private static Map<String, String> marks(JsonNode tokenizer) {
    Map<String, String> marks = new HashMap<>();
    tokenizer
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              JsonNode text = value.isObject() ? value.path("content") : value;
              if (entry.getKey().endsWith("_token") && text.isTextual()) {
                marks.put(entry.getKey(), text.asText());
              }
            });
    return marks;
  }

  /** The template in a file of its own, else the one of the tokenizer's settings. */
  private static ChatTemplate template(Path folder, JsonNode tokenizer)
      throws ProcessingException, IOException {
    Path file = folder.resolve("chat_template.jinja");
    String source =
        Files.isRegularFile(file)
            ? Files.readString(file)
            : inJson(json(folder, "chat_template.json"), inJson(tokenizer, ""));
    if (source.isEmpty()) {
      throw refused(
          folder,
          "neither chat_template.jinja nor tokenizer_config.json has a chat template; a model that"
              + " was not trained for conversations is of no use");
    }
    try {
      return ChatTemplate.parse(source);
    } catch (ChatTemplateException e) {
      throw refused(folder, "the chat template is not understood, " + e.getMessage());
    }
  }

  /** A publisher may offer several, each with a name. */
  private static String inJson(JsonNode json, String absent) {
    JsonNode template = json.path("chat_template");
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default")) {
        return named.path("template").asText(absent);
      }
    }
    return template.asText(absent);
  }

  private static ProcessingException refused(Path folder, String reason) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "The language model '%s' cannot be used: %s".formatted(folder.getFileName(), reason),
        "Install another model; 'maie-edge models catalog' lists those that are known to work");
  }
}
