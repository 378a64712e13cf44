package io.maie.edge.vad;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns speech probabilities, one a window, into speech regions. Keeps nothing but the regions and
 * the pauses of the last one. Used once, by one thread.
 */
public final class SpeechRegionFinder {

  /*
   * A hysteresis with a tolerance for pauses, the rules of get_speech_timestamps in
   * github.com/snakers4/silero-vad (src/silero_vad/utils_vad.py of August 2026, MIT), restated as a
   * machine that sees each probability once. Cases of equality are those of the original: speech
   * begins at p >= threshold, a pause at p < negative threshold, a region ends when its pause has
   * lasted >= minSilence, it counts if it is > minSpeech, it is split when it is > maxSpeech.
   *
   *   from     p >= threshold      in between    p < negative threshold
   *   SILENCE  SPEECH              -             -
   *   SPEECH   -                   -             PAUSE, or SILENCE if minSilence is 0
   *   PAUSE    SPEECH              -             SILENCE once it lasted minSilence
   *
   * In SPEECH and PAUSE a region that has become too long is split first: at its longest pause,
   * and what follows the pause goes on as the next region; or, without any pause, right here, and
   * the next region begins with the next window that is loud enough. Parts of a split count
   * however short they are.
   */

  private enum State {
    SILENCE,
    /** Inside a region. */
    SPEECH,
    /** Inside a region, in a pause that may become its end. */
    PAUSE
  }

  /** The original takes the first of equally long pauses. */
  private static final Comparator<SampleSpan> BY_LENGTH_THEN_EARLIER =
      Comparator.comparingLong(SampleSpan::length)
          .thenComparing(Comparator.comparingLong(SampleSpan::start).reversed());

  private final double threshold;
  private final double negativeThreshold;
  private final long minSpeech;
  private final long minSilence;
  private final long maxSpeech;
  private final long minSplitPause;
  private final long padding;
  private final int windowSamples;

  /** Regions that ended, without padding; only the last one may still change. */
  private final List<SampleSpan> regions = new ArrayList<>();

  /** Long pauses of the region under way; empty if regions are never split. */
  private final List<SampleSpan> pauses = new ArrayList<>();

  private State state = State.SILENCE;

  /** First sample of the next window. */
  private long position;

  /** The start of the region under way; valid outside SILENCE. */
  private long regionStart;

  /** The start of the pause; valid in PAUSE. */
  private long pauseStart;

  /**
   * @param windowSamples samples that one probability stands for
   */
  public SpeechRegionFinder(SpeechRegionRules rules, int windowSamples) {
    requireNonNull(rules, "rules is null");
    if (windowSamples < 1) {
      throw new IllegalArgumentException(
          "expected windows of 1 or more samples, found " + windowSamples);
    }
    this.threshold = rules.threshold();
    this.negativeThreshold = rules.effectiveNegativeThreshold();
    this.minSpeech = samples(rules.minSpeech());
    this.minSilence = samples(rules.minSilence());
    this.minSplitPause = samples(rules.minSilenceAtMaxSpeech());
    this.padding = samples(rules.padding());
    Duration longest = rules.maxSpeech();
    // a split leaves room for the window that reveals it and for the padding
    this.maxSpeech =
        longest == null ? Long.MAX_VALUE : samples(longest) - windowSamples - 2 * padding;
    this.windowSamples = windowSamples;
  }

  /**
   * Takes the next window into account.
   *
   * @param probability that there is speech in it, 0 to 1
   */
  public void accept(double probability) {
    if (state == State.SILENCE) {
      if (probability >= threshold) {
        regionStart = position;
        state = State.SPEECH;
      }
    } else {
      acceptWithinRegion(probability);
    }
    position += windowSamples;
  }

  private void acceptWithinRegion(double probability) {
    if (state == State.PAUSE && probability >= threshold) {
      rememberPause();
      state = State.SPEECH;
    }
    if (position - regionStart > maxSpeech) {
      split();
    }
    if (state != State.SILENCE && probability < negativeThreshold) {
      acceptQuiet();
    }
  }

  private void rememberPause() {
    if (position - pauseStart > minSplitPause && maxSpeech != Long.MAX_VALUE) {
      pauses.add(new SampleSpan(pauseStart, position));
    }
  }

  private void split() {
    SampleSpan longest = pauses.stream().max(BY_LENGTH_THEN_EARLIER).orElse(null);
    if (longest == null) {
      regions.add(new SampleSpan(regionStart, position));
      state = State.SILENCE;
    } else {
      regions.add(new SampleSpan(regionStart, longest.start()));
      regionStart = longest.end();
      pauses.clear();
      state = State.SPEECH;
    }
  }

  private void acceptQuiet() {
    if (state == State.SPEECH) {
      pauseStart = position;
      state = State.PAUSE;
    }
    if (position - pauseStart >= minSilence) {
      endRegion(pauseStart);
    }
  }

  private void endRegion(long end) {
    if (end - regionStart > minSpeech) {
      regions.add(new SampleSpan(regionStart, end));
    }
    pauses.clear();
    state = State.SILENCE;
  }

  /**
   * The regions, ascending and without overlap. Nothing may be accepted afterwards.
   *
   * @param totalSamples length of the audio; the last window may reach beyond it
   */
  public List<SpeechRegion> finish(long totalSamples) {
    if (state != State.SILENCE) {
      endRegion(totalSamples);
    }
    List<SpeechRegion> padded = new ArrayList<>(regions.size());
    long start = regions.isEmpty() ? 0 : Math.max(0, regions.get(0).start() - padding);
    for (int i = 0; i < regions.size(); i++) {
      long end = regions.get(i).end();
      boolean isLast = i == regions.size() - 1;
      long gap = isLast ? Long.MAX_VALUE : regions.get(i + 1).start() - end;
      long share = gap < 2 * padding ? gap / 2 : padding;
      padded.add(new SpeechRegion(new SampleSpan(start, Math.min(totalSamples, end + share))));
      start = isLast ? totalSamples : regions.get(i + 1).start() - share;
    }
    return List.copyOf(padded);
  }

  private static long samples(Duration duration) {
    return Math.round(duration.toNanos() / 1e9 * Waveform.SAMPLE_RATE);
  }
}
