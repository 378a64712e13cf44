package io.maie.edge.config;

import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of what is made of transcripts. */
final class TextKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  private static final int MOST_TOKENS = 1_000_000;

  /** Less holds neither a prompt nor an answer. */
  private static final int FEWEST_TOKENS = 1_024;

  private static final int DEFAULT_TOKENS = 8_192;
  private static final String KEY_FILE =
      "A file with the key of the server, sent as a bearer token; off = none.";
  private static final String CONTEXT =
      "Tokens that a prompt and its answer may have together; longer transcripts are worked on in"
          + " parts.";

  static final Key<TextEngine> ENGINE =
      KEYS.open(
          "text.engine",
          Types.oneOf(TextEngine.class),
          TextEngine.AUTO,
          "The engine of summaries: rules (extractive), the server of text.summary.url, a language"
              + " model in models/ (onnx), or auto: the server if one is set, else a model if one"
              + " is installed, and rules if either fails.");
  static final Key<Optional<URI>> SUMMARY_URL =
      KEYS.open(
          "text.summary.url",
          Types.orOff(SettingTypes.serverAddress()),
          Optional.empty(),
          "A server with the API of OpenAI that sums up, such as http://192.168.1.10:8080/v1."
              + " Transcripts are sent there.");
  static final Key<String> SUMMARY_MODEL =
      KEYS.open(
          "text.summary.model", Types.line(), "default", "The model, as the server calls it.");
  static final Key<Optional<Path>> SUMMARY_KEY_FILE =
      KEYS.open(
          "text.summary.api_key_file",
          Types.orOff(SettingTypes.path()),
          Optional.empty(),
          KEY_FILE);
  static final Key<Integer> SUMMARY_CONTEXT =
      KEYS.open(
          "text.summary.context_tokens",
          Types.integer(FEWEST_TOKENS, MOST_TOKENS),
          DEFAULT_TOKENS,
          CONTEXT);
  static final Key<CleaningEngine> CLEANING_ENGINE =
      KEYS.open(
          "text.cleaning.engine",
          Types.oneOf(CleaningEngine.class),
          CleaningEngine.AUTO,
          "What corrects a clean transcript after the rules: nothing (rules), the server of"
              + " text.cleaning.url, a language model in models/ (onnx), or auto: the server if one"
              + " is set. Corrections are checked, and those that change what was said are"
              + " discarded.");
  static final Key<Optional<URI>> CLEANING_URL =
      KEYS.open(
          "text.cleaning.url",
          Types.orOff(SettingTypes.serverAddress()),
          Optional.empty(),
          "A server with the API of OpenAI that corrects clean transcripts. Transcripts are sent"
              + " there.");
  static final Key<String> CLEANING_MODEL =
      KEYS.open(
          "text.cleaning.model", Types.line(), "default", "The model, as the server calls it.");
  static final Key<Optional<Path>> CLEANING_KEY_FILE =
      KEYS.open(
          "text.cleaning.api_key_file",
          Types.orOff(SettingTypes.path()),
          Optional.empty(),
          KEY_FILE);
  static final Key<Integer> CLEANING_CONTEXT =
      KEYS.open(
          "text.cleaning.context_tokens",
          Types.integer(FEWEST_TOKENS, MOST_TOKENS),
          DEFAULT_TOKENS,
          CONTEXT);
  static final Key<Duration> CONNECT_TIMEOUT =
      KEYS.open(
          "text.server.connect_timeout",
          SettingTypes.positiveDuration(),
          Duration.ofSeconds(10),
          "The time that opening a connection may take.");
  static final Key<Duration> ANSWER_TIMEOUT =
      KEYS.open(
          "text.server.answer_timeout",
          SettingTypes.positiveDuration(),
          Duration.ofMinutes(5),
          "The time that an answer may take.");
  static final Key<Integer> ATTEMPTS =
      KEYS.open(
          "text.server.attempts",
          Types.integer(1, 10),
          3,
          "The most requests for one answer while a fault may pass; the pauses double from 1 s.");
  static final Key<Optional<String>> ONNX_MODEL =
      KEYS.open(
          "text.onnx.model",
          Types.orAuto(Types.name()),
          Optional.empty(),
          "Folder of the language model in models/; auto = the largest whose licence is free.");
  static final Key<Integer> ONNX_CONTEXT =
      KEYS.open(
          "text.onnx.context_tokens",
          Types.integer(FEWEST_TOKENS, MOST_TOKENS),
          4_096,
          CONTEXT + " The model's own limit holds as well, and each token takes memory.");
  static final Key<Duration> ONNX_ANSWER_TIMEOUT =
      KEYS.open(
          "text.onnx.answer_timeout",
          SettingTypes.positiveDuration(),
          Duration.ofMinutes(10),
          "The time that an answer may take.");

  private TextKeys() {}
}
