package io.maie.edge.diarization;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Diarization error rate with overlap counted and no collar, as the NIST RT evaluations define it:
 * missed speech, false alarms and confused speakers over the speech of the reference, under the
 * one-to-one map of speakers that confuses least. Times are exact, in samples.
 *
 * @param speech of the reference, each speaker on his own, in samples
 */
record DiarizationError(long missed, long falseAlarm, long confused, long speech) {

  double rate() {
    return speech == 0 ? 0 : (double) (missed + falseAlarm + confused) / speech;
  }

  DiarizationError plus(DiarizationError other) {
    return new DiarizationError(
        missed + other.missed,
        falseAlarm + other.falseAlarm,
        confused + other.confused,
        speech + other.speech);
  }

  /** Scores {@code found} against {@code reference}; speakers are numbered from 1 in both. */
  static DiarizationError of(List<Turn> reference, List<Turn> found) {
    long[] bounds =
        java.util.stream.Stream.concat(reference.stream(), found.stream())
            .flatMapToLong(
                turn -> java.util.stream.LongStream.of(turn.span().start(), turn.span().end()))
            .sorted()
            .distinct()
            .toArray();
    long[][] together = new long[speakers(reference) + 1][speakers(found) + 1];
    long missed = 0;
    long falseAlarm = 0;
    long both = 0;
    long speech = 0;
    for (int i = 0; i + 1 < bounds.length; i++) {
      long length = bounds[i + 1] - bounds[i];
      List<Integer> real = talking(reference, bounds[i]);
      List<Integer> heard = talking(found, bounds[i]);
      speech += length * real.size();
      missed += length * Math.max(0, real.size() - heard.size());
      falseAlarm += length * Math.max(0, heard.size() - real.size());
      both += length * Math.min(real.size(), heard.size());
      real.forEach(r -> heard.forEach(h -> together[r][h] += length));
    }
    return new DiarizationError(missed, falseAlarm, both - BestMap.of(together), speech);
  }

  private static int speakers(List<Turn> turns) {
    return turns.stream().mapToInt(Turn::speaker).max().orElse(0);
  }

  private static List<Integer> talking(List<Turn> turns, long sample) {
    return turns.stream()
        .filter(turn -> turn.span().start() <= sample && sample < turn.span().end())
        .map(Turn::speaker)
        .distinct()
        .toList();
  }

  /** The turns in the lines of an RTTM file that are about {@code recording}. */
  static List<Turn> read(Path rttm, String recording) throws IOException {
    List<String> names = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (String line : Files.readAllLines(rttm)) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length > 7 && fields[1].equals(recording)) {
        long start = Math.round(Double.parseDouble(fields[3]) * 16_000);
        long length = Math.round(Double.parseDouble(fields[4]) * 16_000);
        if (!names.contains(fields[7])) {
          names.add(fields[7]);
        }
        turns.add(new Turn(new SampleSpan(start, start + length), names.indexOf(fields[7]) + 1));
      }
    }
    return turns;
  }

  /** The assignment of greatest value, by the Hungarian method in O(n^3). */
  private static final class BestMap {
    private BestMap() {}

    static long of(long[][] values) {
      int n = Math.max(values.length, values[0].length);
      long[] u = new long[n + 1];
      long[] v = new long[n + 1];
      int[] rowOf = new int[n + 1];
      int[] way = new int[n + 1];
      for (int row = 1; row <= n; row++) {
        rowOf[0] = row;
        int column = 0;
        long[] least = new long[n + 1];
        Arrays.fill(least, Long.MAX_VALUE);
        boolean[] used = new boolean[n + 1];
        do {
          used[column] = true;
          int next = 0;
          long delta = Long.MAX_VALUE;
          for (int c = 1; c <= n; c++) {
            if (!used[c]) {
              long reduced = -value(values, rowOf[column] - 1, c - 1) - u[rowOf[column]] - v[c];
              if (reduced < least[c]) {
                least[c] = reduced;
                way[c] = column;
              }
              if (least[c] < delta) {
                delta = least[c];
                next = c;
              }
            }
          }
          for (int c = 0; c <= n; c++) {
            if (used[c]) {
              u[rowOf[c]] += delta;
              v[c] -= delta;
            } else {
              least[c] -= delta;
            }
          }
          column = next;
        } while (rowOf[column] != 0);
        while (column != 0) {
          rowOf[column] = rowOf[way[column]];
          column = way[column];
        }
      }
      long total = 0;
      for (int c = 1; c <= n; c++) {
        total += value(values, rowOf[c] - 1, c - 1);
      }
      return total;
    }

    private static long value(long[][] values, int row, int column) {
      return row < values.length && column < values[0].length ? values[row][column] : 0;
    }
  }
}
