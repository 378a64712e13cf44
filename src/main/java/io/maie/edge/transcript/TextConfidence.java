package io.maie.edge.transcript;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Confidence of a recogniser in a whole text: the mean log-probability of its segments, each as
 * often as it has words.
 */
public final class TextConfidence {
  /** Below this most of a text is wrong: Moonshine tiny gets half of the words wrong there. */
  public static final double LEAST_MEAN = -0.6;

  /** Keeps logarithms finite. */
  private static final double LEAST_CONFIDENCE = 1e-9;

  private TextConfidence() {}

  /** Empty if there is no segment. */
  public static OptionalDouble mean(List<Segment> segments) {
    double sum = segments.stream().mapToDouble(each -> logarithm(each) * words(each)).sum();
    long words = words(segments);
    return words == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / words);
  }

  /** Returns whether a text is so unsure that most of it is wrong. */
  public static boolean isLow(List<Segment> segments) {
    return mean(segments).orElse(0) < LEAST_MEAN;
  }

  /** The share of the words that stand in unsure segments, from 0 to 1; 0 if there is none. */
  public static double unsureShare(List<Segment> segments) {
    List<Segment> unsure = segments.stream().filter(each -> logarithm(each) < LEAST_MEAN).toList();
    return (double) words(unsure) / Math.max(1, words(segments));
  }

  private static double logarithm(Segment segment) {
    return Math.log(Math.max(LEAST_CONFIDENCE, segment.confidence()));
  }

  private static long words(List<Segment> segments) {
    return segments.stream().mapToLong(TextConfidence::words).sum();
  }

  private static long words(Segment segment) {
    return Math.max(1, segment.words().size());
  }
}
