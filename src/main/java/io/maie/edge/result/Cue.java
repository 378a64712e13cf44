package io.maie.edge.result;

import java.util.List;

/**
 * One subtitle.
 *
 * @param start milliseconds, 0 or more
 * @param end milliseconds, after {@code start}
 * @param lines one or two, none empty
 */
record Cue(long start, long end, List<String> lines) {

  Cue {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("expected 0 <= start < end, found " + start + ", " + end);
    }
    lines = List.copyOf(lines);
  }
}
