package io.maie.edge.daemon;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps one bad file from filling the log: a warning that was given lately is no news. Remembers a
 * bounded number of warnings; used by one thread.
 */
final class RepeatedWarnings {
  private static final int MOST_REMEMBERED = 1_000;

  /** Repetitions between two tellings: about an hour at two seconds each. */
  private static final int SILENCE = 1_800;

  private final Map<String, Integer> repetitions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** Returns whether {@code warning} should be given now. */
  boolean isNews(String warning) {
    int seen = repetitions.merge(warning, 1, (before, one) -> (before + one) % SILENCE);
    return seen == 1;
  }
}
