package io.maie.edge.asr.moonshine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * Options of decoding with Moonshine models.
 *
 * @param window the longest stretch that is heard at once, {@link #MIN_WINDOW} to {@link
 *     #MAX_WINDOW}
 * @param beamSize hypotheses followed at once, 1 to {@value #MAX_HYPOTHESES}; 1 = greedy
 * @param tokensPerSecond bound of a text's length, up to {@value #MAX_TOKENS_PER_SECOND}; 0 = by
 *     the language
 */
public record MoonshineOptions(Duration window, int beamSize, int tokensPerSecond) {

  /** Shorter windows cut too many words. */
  public static final Duration MIN_WINDOW = Duration.ofSeconds(8);

  /** Longer windows make the models repeat themselves without end. */
  public static final Duration MAX_WINDOW = Duration.ofSeconds(34);

  /** Beyond it more hypotheses only cost. */
  public static final int MAX_HYPOTHESES = 20;

  /** Nobody speaks faster in any script. */
  public static final int MAX_TOKENS_PER_SECOND = 50;

  /** The most accurate ones. */
  public static final MoonshineOptions DEFAULTS =
      new MoonshineOptions(Duration.ofSeconds(20), 4, 0);

  public MoonshineOptions {
    requireNonNull(window, "window is null");
    if (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "expected a window of %s to %s, found %s".formatted(MIN_WINDOW, MAX_WINDOW, window));
    }
    if (beamSize < 1 || beamSize > MAX_HYPOTHESES) {
      throw new IllegalArgumentException(
          "expected a beam of 1 to %d, found %d".formatted(MAX_HYPOTHESES, beamSize));
    }
    if (tokensPerSecond < 0 || tokensPerSecond > MAX_TOKENS_PER_SECOND) {
      throw new IllegalArgumentException(
          "expected 0 to %d tokens a second, found %d"
              .formatted(MAX_TOKENS_PER_SECOND, tokensPerSecond));
    }
  }

  /** The same for the least memory: one hypothesis at a time. */
  public MoonshineOptions sparingMemory() {
    return new MoonshineOptions(window, 1, tokensPerSecond);
  }

  /** By the names of the settings, for the result. */
  Map<String, Object> asParams() {
    return Map.of(
        "window_seconds", window.toMillis() / 1000.0,
        "beam_size", beamSize,
        "tokens_per_second", tokensPerSecond);
  }
}
