package io.maie.edge.audio.decode;

import io.maie.edge.audio.Waveform;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Compares the time stamps of a container with the number of samples that were decoded. A stamp
 * ahead of the samples tells of a gap: lost packets, a recorder that paused, sound that begins
 * after the picture. Gaps become silence where the clock of the container is credible; a clock that
 * steps back, runs at a wrong rate, runs beyond its own end, or leaves more gap than sound is not,
 * and the samples are joined as they came.
 */
final class SampleClock {
  /** Deviations below are rounding and jitter of packets. */
  private static final long GAP_MILLIS = 40;

  /** A clock that lags more than this behind the samples has stepped back or runs slow. */
  private static final long LAG_MILLIS = 100;

  /** More gaps than any container with a credible clock has. */
  private static final int MAX_GAPS = 100_000;

  /** Gaps of more than this share of the sound must be irregular. */
  private static final double RATE_SHARE = 0.04;

  /** From so many gaps on, regular ones tell of a wrong rate. */
  private static final int RATE_GAPS = 3;

  /** Standard deviation over mean of the distances between gaps, below which they are regular. */
  private static final double REGULAR = 0.5;

  private static final double SAME_SHARE = 0.2;

  /** Seconds by which gaps may reach beyond the end that the container tells. */
  private static final double BEYOND_END_SECONDS = 0.5;

  private final boolean hasPicture;
  private final OptionalDouble endSeconds;
  private final List<Gap> gaps = new ArrayList<>();
  private long decoded;

  /** Milliseconds by which the stamps are ahead of the samples. */
  private long aheadMillis;

  private long ignoredMillis;
  private boolean steppedBack;

  private long stamps;
  private long earliestMillis = Long.MAX_VALUE;
  private long latestMillis = Long.MIN_VALUE;

  private final boolean isEnabled;

  /**
   * @param hasPicture whether a picture runs beside the sound, which may begin long after it then
   * @param endSeconds the last time stamp of the container; empty if it tells none
   */
  SampleClock(boolean hasPicture, OptionalDouble endSeconds) {
    this(hasPicture, endSeconds, true);
  }

  private SampleClock(boolean hasPicture, OptionalDouble endSeconds, boolean isEnabled) {
    this.hasPicture = hasPicture;
    this.endSeconds = endSeconds;
    this.isEnabled = isEnabled;
  }

  /** For sound that has no time stamps of its own. */
  static SampleClock disabled() {
    return new SampleClock(false, OptionalDouble.empty(), false);
  }

  /**
   * Silence that belongs into the sound.
   *
   * @param position of the sample before which it belongs
   * @param samples its length
   */
  record Gap(long position, long samples) {}

  /**
   * The gaps to fill, and what was not believed.
   *
   * @param gaps in order
   * @param ignoredSeconds sum of the deviations of a clock that is not credible; 0 if it is
   */
  record Verdict(List<Gap> gaps, double ignoredSeconds) {}

  /** Notes that {@code samples} were decoded. */
  void add(long samples) {
    decoded += samples;
  }

  /** Notes that the next sample is stamped {@code millis}. */
  void stamp(long millis) {
    if (!isEnabled) {
      return;
    }
    stamps++;
    earliestMillis = Math.min(earliestMillis, millis);
    latestMillis = Math.max(latestMillis, millis);
    long ahead = millis - decoded * 1_000 / Waveform.SAMPLE_RATE;
    long step = ahead - aheadMillis;
    if (step < -LAG_MILLIS) {
      steppedBack |= !shortened(-step);
    }
    if (step > GAP_MILLIS || step < -LAG_MILLIS) {
      ignoredMillis += Math.abs(step);
      aheadMillis = ahead;
    }
    if (step > GAP_MILLIS && gaps.size() < MAX_GAPS) {
      gaps.add(new Gap(decoded, step * Waveform.SAMPLE_RATE / 1_000));
    }
  }

  /** A stamp behind damage may lie too far ahead; the gap before it was shorter then. */
  private boolean shortened(long millis) {
    if (gaps.isEmpty()) {
      return false;
    }
    Gap last = gaps.get(gaps.size() - 1);
    long samples = last.samples() - millis * Waveform.SAMPLE_RATE / 1_000;
    if (samples < 0 || decoded - last.position() > Waveform.SAMPLE_RATE) {
      return false;
    }
    gaps.set(gaps.size() - 1, new Gap(last.position(), samples));
    return true;
  }

  Verdict verdict() {
    if (stamps > 1 && latestMillis - earliestMillis < LAG_MILLIS) {
      // a clock that stands still is none; RealAudio of version 1 has such
      return new Verdict(List.of(), 0);
    }
    boolean isCredible =
        !steppedBack
            && gaps.size() < MAX_GAPS
            && isWithinLimit()
            && endsInTime()
            && !hasWrongRate();
    return isCredible
        ? new Verdict(List.copyOf(gaps), 0)
        : new Verdict(List.of(), ignoredMillis / 1_000.0);
  }

  /** Gaps may be as long as the sound, a late begin beside a picture left out. */
  private boolean isWithinLimit() {
    boolean beginsLate = hasPicture && !gaps.isEmpty() && gaps.get(0).position() == 0;
    return total() - (beginsLate ? gaps.get(0).samples() : 0) <= decoded;
  }

  /** Steps back are hidden by whoever reads the container; then the steps ahead add up. */
  private boolean endsInTime() {
    double seconds = (double) (decoded + total()) / Waveform.SAMPLE_RATE;
    return endSeconds.isEmpty() || seconds <= endSeconds.getAsDouble() + BEYOND_END_SECONDS;
  }

  /** A clock that runs too fast leaves a gap after every so many samples. */
  private boolean hasWrongRate() {
    if (isProportional()) {
      return true;
    }
    if (gaps.size() < RATE_GAPS || total() < RATE_SHARE * decoded) {
      return false;
    }
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < gaps.size(); i++) {
      double distance = gaps.get(i).position() - gaps.get(i - 1).position();
      sum += distance;
      squares += distance * distance;
    }
    double mean = sum / (gaps.size() - 1);
    double variance = squares / (gaps.size() - 1) - mean * mean;
    return Math.sqrt(Math.max(0, variance)) < REGULAR * mean;
  }

  /** Two gaps or more, each the same share of the sound before it. */
  private boolean isProportional() {
    if (gaps.size() < 2 || total() < RATE_SHARE * decoded) {
      return false;
    }
    double first = 0;
    long before = 0;
    for (Gap gap : gaps) {
      double share = (double) gap.samples() / Math.max(1, gap.position() - before);
      first = before == 0 ? share : first;
      if (Math.abs(share - first) > SAME_SHARE * first) {
        return false;
      }
      before = gap.position();
    }
    return gaps.get(0).position() > 0;
  }

  private long total() {
    return gaps.stream().mapToLong(Gap::samples).sum();
  }
}
