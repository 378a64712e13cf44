package io.maie.edge.modelfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The languages that a Whisper model knows according to its files; older files say little. */
public final class WhisperLanguages {
  /** Languages of published multilingual models (openai/whisper, tokenizer.py). */
  static final Set<String> PUBLISHED =
      Set.of(
          ("en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta"
                  + " no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne"
                  + " mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht"
                  + " ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue")
              .split(" ", -1));

  /** The smallest vocabulary of a model of many languages, as openai/whisper tells them apart. */
  private static final int LEAST_VOCABULARY = 51_865;

  private static final String LISTED = "lang_to_id";
  private static final Pattern TOKEN = Pattern.compile("<\\|([a-z]{2,3})\\|>");

  private WhisperLanguages() {}

  /**
   * Returns whether a model knows more than English: if it says so, lists languages, or has the
   * vocabulary for them. A model that was trained further may say nothing, and yet hear all of
   * them.
   *
   * @param config what {@code config.json} holds
   * @param generation what {@code generation_config.json} holds
   */
  public static boolean areMany(JsonNode config, JsonNode generation) {
    boolean implied =
        !generation.path(LISTED).isEmpty() || config.path("vocab_size").asInt() >= LEAST_VOCABULARY;
    return generation.path("is_multilingual").asBoolean(implied);
  }

  /** Codes, ascending; {@code en} alone for a model that knows English only. */
  static List<String> of(Path folder, JsonNode config, JsonNode generation) throws IOException {
    if (!areMany(config, generation)) {
      return List.of("en");
    }
    TreeSet<String> codes = new TreeSet<>();
    generation.path(LISTED).fieldNames().forEachRemaining(token -> add(token, codes));
    if (codes.isEmpty()) {
      addTokens(folder.resolve("tokenizer.json"), codes);
    }
    return List.copyOf(codes);
  }

  /** They stand before the vocabulary, which is not read. */
  private static void addTokens(Path tokenizer, Set<String> codes) throws IOException {
    if (!Files.isRegularFile(tokenizer)) {
      return;
    }
    try (JsonParser json = JsonFile.MAPPER.createParser(tokenizer.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean added = json.currentName().equals("added_tokens");
        json.nextToken();
        if (added) {
          JsonNode tokens = JsonFile.MAPPER.readValue(json, JsonNode.class);
          tokens.forEach(token -> add(token.path("content").asText(), codes));
          return;
        }
        json.skipChildren();
      }
    } catch (JsonProcessingException e) {
      // the recogniser says what is wrong with it; a list of models has other things to tell
    }
  }

  private static void add(String token, Set<String> codes) {
    code(token).ifPresent(codes::add);
  }

  /** The language that a token such as {@code <|en|>} stands for; empty if it stands for none. */
  public static Optional<String> code(String token) {
    Matcher language = TOKEN.matcher(token);
    return language.matches() ? Optional.of(language.group(1)) : Optional.empty();
  }
}
