package io.maie.edge.config;

import io.maie.edge.asr.whisper.WhisperOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.util.List;
import java.util.Optional;

/** The settings of how Whisper models decode. */
final class WhisperKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Integer> BEAM_SIZE =
      KEYS.open(
          "asr.whisper.beam_size",
          Types.integer(1, WhisperOptions.MAX_HYPOTHESES),
          WhisperOptions.DEFAULTS.beamSize(),
          "Hypotheses that are followed at temperature 0; 1 is greedy and fastest, and follows 5"
              + " only where a text is doubtful and best_of is above 1.");
  static final Key<Integer> BEST_OF =
      KEYS.open(
          "asr.whisper.best_of",
          Types.integer(1, WhisperOptions.MAX_HYPOTHESES),
          WhisperOptions.DEFAULTS.bestOf(),
          "Hypotheses that are drawn at temperatures above 0; the best one is kept.");
  static final Key<List<Double>> TEMPERATURES =
      KEYS.open(
          "asr.whisper.temperatures",
          SettingTypes.ascendingDecimals(0, 1),
          WhisperOptions.DEFAULTS.temperatures(),
          "Tried in turn until a window's text is neither too repetitive nor too unlikely.");
  static final Key<Double> COMPRESSION_RATIO_THRESHOLD =
      KEYS.open(
          "asr.whisper.compression_ratio_threshold",
          Types.decimal(0, 1_000),
          WhisperOptions.DEFAULTS.compressionRatioThreshold(),
          "A text that compresses better than this is too repetitive; 1000 = never.");
  static final Key<Double> LOGPROB_THRESHOLD =
      KEYS.open(
          "asr.whisper.logprob_threshold",
          Types.decimal(-1_000, 0),
          WhisperOptions.DEFAULTS.logProbabilityThreshold(),
          "A text whose mean log-probability is below this is too unlikely; -1000 = never.");
  static final Key<Double> NO_SPEECH_THRESHOLD =
      KEYS.open(
          "asr.whisper.no_speech_threshold",
          Types.decimal(0, 1),
          WhisperOptions.DEFAULTS.noSpeechThreshold(),
          "A window is silence if it is so with a higher probability and its text is too unlikely;"
              + " 1 = never.");
  static final Key<Boolean> CONDITION_ON_PREVIOUS_TEXT =
      KEYS.open(
          "asr.whisper.condition_on_previous_text",
          Types.flag(),
          WhisperOptions.DEFAULTS.conditionOnPrevious(),
          "Show each window the text before it: steadier names, but errors carry on, and windows"
              + " cannot be decoded together.");
  static final Key<Boolean> WORD_TIMESTAMPS =
      KEYS.open(
          "asr.whisper.word_timestamps",
          Types.flag(),
          WhisperOptions.DEFAULTS.wordTimes(),
          "Say when each word was spoken.");
  static final Key<Integer> BATCH =
      KEYS.open(
          "asr.whisper.batch",
          SettingTypes.integerOrAuto(WhisperOptions.MAX_BATCH),
          WhisperOptions.DEFAULTS.batch(),
          "Windows decoded together, which is faster and takes more memory; auto = up to 8, of"
              + " which the decoder keeps no more than 384 MB (greedily 3 with small, 1 with"
              + " medium).");
  static final Key<Optional<String>> VARIANT =
      KEYS.open(
          "asr.whisper.variant",
          Types.orAuto(Types.name()),
          Optional.empty(),
          "Which files of a model are used, by their suffix, such as int8 or fp16; auto = the best"
              + " for the device.");

  private WhisperKeys() {}
}
