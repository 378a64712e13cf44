package io.maie.edge.result;

import io.maie.edge.transcript.SpeakerLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subtitle.
 *
 * @param start milliseconds, 0 or more
 * @param end milliseconds, after {@code start}
 * @param lines one or two, none empty
 * @param speaker its speaker; null if it is not known
 */
record Cue(long start, long end, List<String> lines, @Nullable SpeakerLabel speaker) {

  Cue {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("expected 0 <= start < end, found " + start + ", " + end);
    }
    lines = List.copyOf(lines);
  }
}
