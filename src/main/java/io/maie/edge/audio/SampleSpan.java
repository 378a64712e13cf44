package io.maie.edge.audio;

/**
 * A half-open span of samples at {@link Waveform#SAMPLE_RATE}.
 *
 * @param start first sample, 0 or more
 * @param end one past the last sample, at least {@code start}
 */
public record SampleSpan(long start, long end) implements Comparable<SampleSpan> {

  public SampleSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "expected 0 <= start <= end, found " + start + " and " + end);
    }
  }

  public long length() {
    return end - start;
  }

  public boolean isEmpty() {
    return start == end;
  }

  public double startSeconds() {
    return (double) start / Waveform.SAMPLE_RATE;
  }

  public double endSeconds() {
    return (double) end / Waveform.SAMPLE_RATE;
  }

  public double seconds() {
    return (double) length() / Waveform.SAMPLE_RATE;
  }

  /** By start, then by end. */
  @Override
  public int compareTo(SampleSpan other) {
    int byStart = Long.compare(start, other.start);
    return byStart != 0 ? byStart : Long.compare(end, other.end);
  }
}
