package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.ScoredToken;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ids that a model gives to tokens with a meaning of their own; all of them come from its
 * files.
 *
 * @param vocabularySize number of tokens the decoder scores
 * @param endOfText ends a hypothesis; every text token has a smaller id
 * @param noSpeech absent if the model has none
 * @param firstTimestamp the token of second 0; all ids from here on are timestamps
 * @param languages ids by code; empty for models that know English only
 * @param transcribe absent for models that know English only
 * @param translate absent for models that know English only
 * @param suppressed never produced
 * @param suppressedAtBegin not produced as the first token
 * @param maxInitialTimestamp the first timestamp is at most this many steps; absent = no limit
 */
record WhisperTokens(
    int vocabularySize,
    int endOfText,
    int startOfTranscript,
    int startOfPrevious,
    OptionalInt noSpeech,
    int noTimestamps,
    int firstTimestamp,
    SortedMap<String, Integer> languages,
    OptionalInt transcribe,
    OptionalInt translate,
    List<Integer> suppressed,
    List<Integer> suppressedAtBegin,
    OptionalInt maxInitialTimestamp) {

  WhisperTokens {
    requireNonNull(noSpeech, "noSpeech is null");
    languages = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(languages));
    requireNonNull(transcribe, "transcribe is null");
    requireNonNull(translate, "translate is null");
    suppressed = List.copyOf(suppressed);
    suppressedAtBegin = List.copyOf(suppressedAtBegin);
    requireNonNull(maxInitialTimestamp, "maxInitialTimestamp is null");
  }

  boolean multilingual() {
    return !languages.isEmpty();
  }

  boolean isTimestamp(int token) {
    return token >= firstTimestamp;
  }

  boolean isText(int token) {
    return token < endOfText;
  }

  /** The tokens that are text. */
  List<ScoredToken> text(List<ScoredToken> tokens) {
    return tokens.stream().filter(token -> isText(token.id())).toList();
  }

  /**
   * Tokens of languages, by code.
   *
   * @param candidates the languages that count; empty = all that the model knows
   */
  SortedMap<String, Integer> languages(Set<String> candidates) {
    SortedMap<String, Integer> ids = new TreeMap<>(languages);
    if (!candidates.isEmpty()) {
      ids.keySet().retainAll(candidates);
    }
    return ids;
  }
}
