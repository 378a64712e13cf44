package io.maie.edge.asr;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SegmentText;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts segments that were heard later in their places among the earlier ones. */
final class SegmentMerge {
  private SegmentMerge() {}

  /**
   * All segments by their start. One that reaches over an added segment ends or begins with its own
   * words, or is divided between them.
   *
   * @param before in order of time
   * @param added in order of time, where {@code before} has no word
   */
  static List<Segment> of(List<Segment> before, List<Segment> added) {
    List<Segment> all = before;
    for (Segment segment : added) {
      List<Segment> divided = new ArrayList<>();
      all.forEach(each -> divided.addAll(around(segment.span(), each)));
      divided.add(segment);
      divided.sort(Comparator.comparingLong(each -> each.span().start()));
      all = divided;
    }
    return List.copyOf(all);
  }

  /** The words before {@code added}, and those behind it. */
  private static List<Segment> around(SampleSpan added, Segment segment) {
    SampleSpan span = segment.span();
    boolean apart = span.end() <= added.start() || added.end() <= span.start();
    if (apart || segment.words().isEmpty()) {
      return List.of(segment);
    }
    List<Word> words = segment.words();
    long first = words.get(0).span().start();
    long last = words.get(words.size() - 1).span().end();
    SampleSpan own = new SampleSpan(first, Math.max(first, last));
    return divided(segment.part(own, segment.text(), words), added.start());
  }

  private static List<Segment> divided(Segment segment, long place) {
    List<Word> words = segment.words();
    int count = (int) words.stream().filter(word -> middle(word) < place).count();
    if (count == 0 || count == words.size()) {
      return List.of(segment);
    }
    return SegmentText.divided(segment, List.of(0, count));
  }

  private static long middle(Word word) {
    return (word.span().start() + word.span().end()) / 2;
  }
}
