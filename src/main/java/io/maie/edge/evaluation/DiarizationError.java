package io.maie.edge.evaluation;

import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Diarization error rate with overlap counted and no collar, as the NIST RT evaluations define it:
 * missed speech, false alarms and confused speakers over the speech of the reference, under the
 * one-to-one map of speakers that confuses least. Times are exact, in samples.
 *
 * @param speech of the reference, each speaker on his own, in samples
 */
public record DiarizationError(long missed, long falseAlarm, long confused, long speech) {

  /** Nothing was judged yet. */
  public static final DiarizationError NONE = new DiarizationError(0, 0, 0, 0);

  /** The share of the speech that is misjudged; may exceed 1. */
  public double rate() {
    return share(missed + falseAlarm + confused);
  }

  /** {@code samples} as a share of the speech. */
  public double share(long samples) {
    return speech == 0 ? 0 : (double) samples / speech;
  }

  /** Both together. */
  public DiarizationError plus(DiarizationError other) {
    return new DiarizationError(
        missed + other.missed,
        falseAlarm + other.falseAlarm,
        confused + other.confused,
        speech + other.speech);
  }

  /** Scores {@code found} against {@code reference}. */
  public static DiarizationError of(List<Turn> reference, List<Turn> found) {
    long[][] together = new long[speakers(reference) + 1][speakers(found) + 1];
    long missed = 0;
    long falseAlarm = 0;
    long both = 0;
    long speech = 0;
    for (Stretch stretch : stretches(reference, found)) {
      int real = stretch.real().size();
      int heard = stretch.heard().size();
      speech += stretch.length() * real;
      missed += stretch.length() * Math.max(0, real - heard);
      falseAlarm += stretch.length() * Math.max(0, heard - real);
      both += stretch.length() * Math.min(real, heard);
      stretch.addTo(together);
    }
    int[] map = SpeakerMap.best(together);
    for (int h = 0; h < map.length; h++) {
      both -= map[h] < 0 ? 0 : together[map[h]][h];
    }
    return new DiarizationError(missed, falseAlarm, both, speech);
  }

  /** The speaker of the reference that each found speaker is, by their numbers. */
  private static Map<Integer, Integer> map(List<Turn> reference, List<Turn> found) {
    long[][] together = new long[speakers(reference) + 1][speakers(found) + 1];
    stretches(reference, found).forEach(stretch -> stretch.addTo(together));
    int[] best = SpeakerMap.best(together);
    Map<Integer, Integer> map = new HashMap<>();
    for (int h = 1; h < best.length; h++) {
      map.put(h, best[h]);
    }
    return map;
  }

  /**
   * Counts of the words that have the right speaker. A word counts for the one label of the
   * reference that covers its middle.
   *
   * @param judged words whose middle has one label
   * @param without words whose middle has no label
   * @param several words whose middle has more than one
   */
  public record Words(int right, int judged, int without, int several) {
    /** No word was judged yet. */
    public static final Words NONE = new Words(0, 0, 0, 0);

    /** Both together. */
    public Words plus(Words other) {
      return new Words(
          right + other.right,
          judged + other.judged,
          without + other.without,
          several + other.several);
    }

    /** The share of the judged words that is right. */
    public double rate() {
      return judged == 0 ? 0 : (double) right / judged;
    }
  }

  /** Judges the speakers of {@code words}, under the same map of speakers. */
  public static Words words(List<Turn> reference, List<Turn> found, List<Word> words) {
    Map<String, Integer> map = new HashMap<>();
    map(reference, found).forEach((heard, real) -> map.put(Turn.id(heard), real));
    Words sum = Words.NONE;
    for (Word word : words) {
      List<Integer> real = talking(reference, (word.span().start() + word.span().end()) / 2);
      @Nullable SpeakerLabel label = word.speaker();
      boolean isRight =
          real.size() == 1 && label != null && real.get(0).equals(map.get(label.speaker()));
      sum =
          sum.plus(
              new Words(
                  isRight ? 1 : 0,
                  real.size() == 1 ? 1 : 0,
                  real.isEmpty() ? 1 : 0,
                  real.size() > 1 ? 1 : 0));
    }
    return sum;
  }

  /** Samples in which the same people talk. */
  private record Stretch(long length, List<Integer> real, List<Integer> heard) {

    void addTo(long[][] together) {
      real.forEach(r -> heard.forEach(h -> together[r][h] += length));
    }
  }

  private static List<Stretch> stretches(List<Turn> reference, List<Turn> found) {
    long[] bounds =
        Stream.concat(reference.stream(), found.stream())
            .flatMapToLong(turn -> LongStream.of(turn.span().start(), turn.span().end()))
            .sorted()
            .distinct()
            .toArray();
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i + 1 < bounds.length; i++) {
      stretches.add(
          new Stretch(
              bounds[i + 1] - bounds[i], talking(reference, bounds[i]), talking(found, bounds[i])));
    }
    return stretches;
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
}
