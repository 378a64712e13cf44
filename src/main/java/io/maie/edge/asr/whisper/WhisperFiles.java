package io.maie.edge.asr.whisper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.asr.seq2seq.AlignmentHead;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.WhisperLanguages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what lies beside the graphs of a Whisper model into {@link WhisperSettings}. */
final class WhisperFiles {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DEFAULT_MAX_LENGTH = 448;

  /** Half of it is for a prompt, whose end alone takes four tokens. */
  private static final int LEAST_MAX_LENGTH = 16;

  /** Above every size of every model; products of two stay below the largest int. */
  private static final int MOST = 1 << 15;

  /** Twenty times as many as Whisper has. */
  private static final int MOST_TOKENS = 1 << 20;

  private final Path folder;
  private final JsonNode config;
  private final JsonNode generation;
  private final JsonNode features;
  private final SortedMap<String, Integer> added;

  private WhisperFiles(
      Path folder,
      JsonNode config,
      JsonNode generation,
      JsonNode features,
      SortedMap<String, Integer> added) {
    this.folder = folder;
    this.config = config;
    this.generation = generation;
    this.features = features;
    this.added = added;
  }

  static WhisperSettings read(ModelFolder model) throws ProcessingException, IOException {
    Path folder = model.path();
    Path tokenizer = folder.resolve("tokenizer.json");
    WhisperFiles files =
        new WhisperFiles(
            folder,
            json(folder.resolve("config.json")),
            json(folder.resolve("generation_config.json")),
            json(folder.resolve("preprocessor_config.json")),
            ByteLevelTokenizer.readAdded(tokenizer));
    return files.settings(model, tokenizer);
  }

  private static JsonNode json(Path file) throws ProcessingException, IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected JSON, found something else: '" + file + "'",
          "Copy the model's files again",
          e);
    }
  }

  private WhisperSettings settings(ModelFolder model, Path tokenizer) throws ProcessingException {
    var section = model.manifest().settings();
    Optional<Path> withPast =
        section.has("decoder_with_past")
            ? Optional.of(model.file(section, "decoder_with_past"))
            : Optional.empty();
    WhisperShape shape = shape();
    return new WhisperSettings(
        model.file(section, "encoder"),
        model.file(section, "decoder"),
        withPast,
        withPast.isEmpty(),
        tokenizer,
        section.text("compute_type"),
        model.checkpointHash(section, "decoder"),
        shape,
        tokens(),
        alignmentHeads(shape));
  }

  private WhisperShape shape() throws ProcessingException {
    require(features, "sampling_rate", Waveform.SAMPLE_RATE);
    require(features, "hop_length", WhisperShape.HOP);
    require(features, "n_fft", WhisperFrontEnd.WINDOW);
    int bands = size(config, "num_mel_bins");
    if (features.path("feature_size").asInt(bands) != bands) {
      throw wrong(
          "feature_size of preprocessor_config.json to be num_mel_bins of config.json, " + bands,
          features.path("feature_size"));
    }
    int maxTokens = size(config, "max_target_positions");
    int maxLength = generation.path("max_length").asInt(DEFAULT_MAX_LENGTH);
    WhisperShape shape =
        new WhisperShape(
            bands,
            size(features, "chunk_length") * Waveform.SAMPLE_RATE,
            size(config, "max_source_positions"),
            size(config, "d_model"),
            size(config, "decoder_layers"),
            size(config, "decoder_attention_heads"),
            maxTokens,
            Math.min(maxTokens, maxLength));
    if (shape.melFrames() % shape.encoderFrames() != 0) {
      throw wrong(
          "max_source_positions to divide the %d frames of a chunk".formatted(shape.melFrames()),
          config.path("max_source_positions"));
    }
    if (shape.width() % shape.decoderHeads() != 0) {
      throw wrong(
          "decoder_attention_heads to divide d_model, " + shape.width(),
          config.path("decoder_attention_heads"));
    }
    if (shape.maxLength() < LEAST_MAX_LENGTH) {
      throw wrong("a max_length of at least " + LEAST_MAX_LENGTH, generation.path("max_length"));
    }
    return shape;
  }

  private WhisperTokens tokens() throws ProcessingException {
    int noTimestamps =
        generation.has("no_timestamps_token_id")
            ? integer(generation, "no_timestamps_token_id")
            : special("<|notimestamps|>");
    SortedMap<String, Integer> languages = languages();
    WhisperTokens tokens =
        new WhisperTokens(
            integer(config, "vocab_size"),
            endOfText(),
            generation.path("decoder_start_token_id").isInt()
                ? integer(generation, "decoder_start_token_id")
                : integer(config, "decoder_start_token_id"),
            special("<|startofprev|>"),
            optional("<|nospeech|>", "<|nocaptions|>"),
            noTimestamps,
            noTimestamps + 1,
            languages,
            task("transcribe", languages),
            task("translate", languages),
            list("suppress_tokens"),
            list("begin_suppress_tokens"),
            generation.path("max_initial_timestamp_index").isInt()
                ? OptionalInt.of(generation.path("max_initial_timestamp_index").asInt())
                : OptionalInt.empty());
    requireInVocabulary(tokens);
    return tokens;
  }

  private void requireInVocabulary(WhisperTokens tokens) throws ProcessingException {
    List<Integer> ids = new ArrayList<>(tokens.languages().values());
    ids.add(tokens.endOfText());
    ids.add(tokens.startOfTranscript());
    ids.add(tokens.startOfPrevious());
    ids.add(tokens.noTimestamps());
    ids.add(tokens.firstTimestamp());
    Stream.of(tokens.noSpeech(), tokens.transcribe(), tokens.translate())
        .forEach(id -> id.ifPresent(ids::add));
    int size = tokens.vocabularySize();
    if (size > MOST_TOKENS || ids.stream().anyMatch(id -> id < 0 || id >= size)) {
      throw wrong(
          "a vocab_size of up to %d with the ids of all special tokens %s below it"
              .formatted(MOST_TOKENS, ids),
          config.path("vocab_size"));
    }
  }

  private int endOfText() throws ProcessingException {
    JsonNode id = generation.path("eos_token_id");
    if (id.isArray() && !id.isEmpty()) {
      return id.get(0).asInt();
    }
    return id.isInt() ? id.asInt() : integer(config, "eos_token_id");
  }

  /** By code; empty for a model that knows English only. */
  private SortedMap<String, Integer> languages() throws ProcessingException {
    SortedMap<String, Integer> languages = new TreeMap<>();
    if (!WhisperLanguages.areMany(config, generation)) {
      return languages;
    }
    for (Map.Entry<String, JsonNode> entry : generation.path("lang_to_id").properties()) {
      languages.put(entry.getKey().replaceAll("[<|>]", ""), entry.getValue().asInt());
    }
    return languages.isEmpty() ? languagesOfTheVocabulary() : languages;
  }

  /** Older models that were trained further do not list them. */
  private SortedMap<String, Integer> languagesOfTheVocabulary() throws ProcessingException {
    SortedMap<String, Integer> languages = new TreeMap<>();
    for (Map.Entry<String, Integer> token : added.entrySet()) {
      WhisperLanguages.code(token.getKey())
          .ifPresent(code -> languages.put(code, token.getValue()));
    }
    if (languages.isEmpty()) {
      throw wrong("lang_to_id or tokens such as <|en|>", generation.path("lang_to_id"));
    }
    return languages;
  }

  private OptionalInt task(String name, SortedMap<String, Integer> languages) {
    if (languages.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode id = generation.path("task_to_id").path(name);
    return id.isInt() ? OptionalInt.of(id.asInt()) : optional("<|" + name + "|>");
  }

  /**
   * Either file may hold it; older models keep it in config.json. Ids of no token, such as -1, are
   * ignored as in transformers: nothing is to be suppressed.
   */
  private List<Integer> list(String key) throws ProcessingException {
    JsonNode listed = generation.has(key) ? generation.path(key) : config.path(key);
    int size = integer(config, "vocab_size");
    List<Integer> ids = new ArrayList<>();
    listed.forEach(id -> ids.add(id.asInt(-1)));
    ids.removeIf(id -> id < 0 || id >= size);
    return ids;
  }

  private List<AlignmentHead> alignmentHeads(WhisperShape shape) throws ProcessingException {
    List<AlignmentHead> heads = new ArrayList<>();
    for (JsonNode pair : generation.path("alignment_heads")) {
      int layer = pair.path(0).asInt(-1);
      int head = pair.path(1).asInt(-1);
      if (layer < 0 || layer >= shape.decoderLayers() || head < 0 || head >= shape.decoderHeads()) {
        throw wrong("alignment_heads among the decoder's layers and heads", pair);
      }
      heads.add(new AlignmentHead(layer, head));
    }
    return heads;
  }

  private int special(String text) throws ProcessingException {
    OptionalInt id = optional(text);
    if (id.isEmpty()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected the token '%s' in tokenizer.json, found none: '%s'".formatted(text, folder),
          "Copy the model's files again");
    }
    return id.getAsInt();
  }

  private OptionalInt optional(String... texts) {
    for (String text : texts) {
      Integer id = added.get(text);
      if (id != null) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  private int integer(JsonNode file, String key) throws ProcessingException {
    JsonNode value = file.path(key);
    if (!value.isInt()) {
      throw wrong("a whole number as '" + key + "'", value);
    }
    return value.asInt();
  }

  private int size(JsonNode file, String key) throws ProcessingException {
    int value = integer(file, key);
    if (value < 1 || value > MOST) {
      throw wrong("1 to %d as '%s'".formatted(MOST, key), file.path(key));
    }
    return value;
  }

  private void require(JsonNode file, String key, int expected) throws ProcessingException {
    if (file.path(key).asInt(expected) != expected) {
      throw wrong("%d as '%s'".formatted(expected, key), file.path(key));
    }
  }

  private ProcessingException wrong(String expected, JsonNode found) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s, found %s: '%s'"
            .formatted(expected, found.isMissingNode() ? "nothing" : found.toString(), folder),
        "Copy the model's files again; if they are as published, this model is of a kind that this"
            + " version cannot run");
  }
}
