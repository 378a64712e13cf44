package io.maie.edge.transcript;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds speech that got no word. Regions reach a little beyond the speech in them, and words often
 * last a little longer than their times say, so both edges of a gap are not counted.
 */
public final class UnheardSpeech {
  /** A shorter stretch of speech may be a breath: 0.8 s. */
  private static final long LEAST_SAMPLES = Waveform.SAMPLE_RATE * 8L / 10;

  /** Uncounted stretch at each edge of a gap: 0.35 s. */
  private static final long EDGE_SAMPLES = Waveform.SAMPLE_RATE * 35L / 100;

  private UnheardSpeech() {}

  /**
   * The stretches without a word, edges not included.
   *
   * @param regions ascending, not overlapping
   * @param segments their words count, or the whole segment where it has none
   * @return ascending, each 0.8 s or longer
   */
  public static List<SampleSpan> in(List<SpeechRegion> regions, List<Segment> segments) {
    List<SampleSpan> words = segments.stream().flatMap(each -> spans(each).stream()).toList();
    List<SampleSpan> ordered = words.stream().sorted().toList();
    List<SampleSpan> unheard = new ArrayList<>();
    int next = 0;
    for (SpeechRegion region : regions) {
      long from = region.span().start();
      while (next < ordered.size() && ordered.get(next).start() < region.span().end()) {
        SampleSpan word = ordered.get(next);
        gap(from, Math.min(word.start(), region.span().end())).ifPresent(unheard::add);
        from = Math.max(from, word.end());
        next++;
      }
      gap(from, region.span().end()).ifPresent(unheard::add);
      // a word that reaches into the next region counts there, too
      next = Math.max(0, next - 1);
    }
    return List.copyOf(unheard);
  }

  /** The sum of the lengths of all such stretches. */
  public static long samples(List<SpeechRegion> regions, List<Segment> segments) {
    return in(regions, segments).stream().mapToLong(SampleSpan::length).sum();
  }

  private static List<SampleSpan> spans(Segment segment) {
    return segment.words().isEmpty()
        ? List.of(segment.span())
        : segment.words().stream().map(Word::span).toList();
  }

  private static Optional<SampleSpan> gap(long from, long to) {
    long start = from + EDGE_SAMPLES;
    long end = to - EDGE_SAMPLES;
    return end - start >= LEAST_SAMPLES
        ? Optional.of(new SampleSpan(start, end))
        : Optional.empty();
  }
}
