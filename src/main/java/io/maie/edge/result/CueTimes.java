package io.maie.edge.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives subtitles the time that reading takes: at least a second, and 17 cells a second. A cue
 * stays longer if the next one leaves room, comes a little early if the earlier one has ended, and
 * delays the next one a little if that one has time to spare.
 */
final class CueTimes {
  static final int CELLS_PER_SECOND = 17;

  /** Two frames of a film, so that the eye sees that the text changes. */
  static final long GAP_MILLIS = 84;

  private static final long MIN_MILLIS = 1_000;
  private static final long MAX_MILLIS = 7_000;

  /** Less is a flicker; the next cue waits. */
  private static final long LEAST_MILLIS = 600;

  private static final long MOST_EARLY_MILLIS = 400;
  private static final long MOST_LATE_MILLIS = 500;

  private CueTimes() {}

  /**
   * The cues with starts that ascend, each ending before the next begins.
   *
   * @param last when the recording ends, and with it the last cue, in milliseconds
   */
  static List<Cue> readable(List<Cue> cues, long last) {
    return within(last, readable(cues));
  }

  private static List<Cue> within(long last, List<Cue> cues) {
    List<Cue> within = new ArrayList<>(cues);
    long limit = last;
    for (int i = cues.size() - 1; i >= 0 && cues.get(i).end() > limit; i--) {
      Cue cue = cues.get(i);
      long end = Math.max(1, limit);
      long start = Math.min(cue.start(), end - 1);
      within.set(i, new Cue(start, end, cue.lines(), cue.speaker()));
      limit = start;
    }
    return within;
  }

  private static List<Cue> readable(List<Cue> cues) {
    List<Cue> timed = new ArrayList<>();
    long delayed = 0;
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      // people who talk at once have segments that begin at once
      long start = Math.max(Math.max(cue.start(), delayed), end(timed));
      long limit =
          i + 1 < cues.size()
              ? Math.max(cues.get(i + 1).start(), start + LEAST_MILLIS)
              : Long.MAX_VALUE;
      long spoken = Math.max(cue.end(), start + 1);
      long end =
          Math.min(Math.max(spoken, start + needed(cue)), Math.max(spoken, start + MAX_MILLIS));
      end = Math.min(end, limit - gap(start, limit));
      long lacking = needed(cue) - (end - start);
      if (lacking > 0) {
        long early = start - Math.min(lacking, MOST_EARLY_MILLIS);
        start = Math.min(start, Math.max(early, end(timed) + (timed.isEmpty() ? 0 : GAP_MILLIS)));
        lacking = needed(cue) - (end - start);
      }
      delayed = 0;
      if (lacking > 0 && i + 1 < cues.size()) {
        long shift = Math.min(lacking, spare(cues, i + 1));
        end += shift;
        delayed = end + GAP_MILLIS;
      }
      timed.add(new Cue(start, Math.max(start + 1, end), cue.lines(), cue.speaker()));
    }
    return timed;
  }

  private static long end(List<Cue> timed) {
    return timed.isEmpty() ? 0 : timed.get(timed.size() - 1).end();
  }

  /** A gap that leaves the cue at least half of the available time. */
  private static long gap(long start, long limit) {
    return limit == Long.MAX_VALUE ? 0 : Math.min(GAP_MILLIS, (limit - start) / 2);
  }

  /** The longest delay with which a cue can still be read. */
  private static long spare(List<Cue> cues, int index) {
    Cue cue = cues.get(index);
    long limit = index + 1 < cues.size() ? cues.get(index + 1).start() : Long.MAX_VALUE;
    long longest = Math.min(limit, cue.start() + MAX_MILLIS) - cue.start() - GAP_MILLIS;
    return Math.max(0, Math.min(MOST_LATE_MILLIS, longest - needed(cue)));
  }

  private static long needed(Cue cue) {
    int cells = cue.lines().stream().mapToInt(TextWidth::of).sum();
    return Math.max(MIN_MILLIS, cells * 1_000L / CELLS_PER_SECOND);
  }
}
