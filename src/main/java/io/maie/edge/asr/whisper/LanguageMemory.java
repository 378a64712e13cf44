package io.maie.edge.asr.whisper;

import io.maie.edge.transcript.Language;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The languages that were spoken in a recording so far. A chunk keeps the language of the recording
 * unless the evidence for another one is clear and the speech long enough. Not thread-safe.
 */
final class LanguageMemory {
  /** From this share on a chunk may be in a language of its own. */
  private static final double CLEAR_SHARE = 0.8;

  /** From this length on, too. */
  private static final double LEAST_SECONDS = 2;

  private final Map<String, Double> seconds = new TreeMap<>();
  private final Map<String, Double> likely = new TreeMap<>();

  /**
   * The language to hear a chunk in.
   *
   * @param together the mean odds of the chunks that are heard with it
   */
  Language choose(LanguageOdds odds, LanguageOdds together, double chunkSeconds) {
    Language best = odds.best();
    @Nullable String spoken = mostSpoken();
    String known = spoken == null ? together.best().code() : spoken;
    boolean isClear = best.probability() >= CLEAR_SHARE && chunkSeconds >= LEAST_SECONDS;
    return isClear ? best : odds.of(known);
  }

  /** Remembers the language of a stretch. */
  void add(Language language, double stretchSeconds) {
    seconds.merge(language.code(), stretchSeconds, Double::sum);
    likely.merge(language.code(), stretchSeconds * language.probability(), Double::sum);
  }

  /** The language of most of the recording, with its mean probability; empty before any speech. */
  Optional<Language> main() {
    @Nullable String code = mostSpoken();
    if (code == null) {
      return Optional.empty();
    }
    double mean = likely.getOrDefault(code, 0.0) / seconds.getOrDefault(code, 1.0);
    return Optional.of(new Language(code, Math.min(1, mean)));
  }

  private @Nullable String mostSpoken() {
    return seconds.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
