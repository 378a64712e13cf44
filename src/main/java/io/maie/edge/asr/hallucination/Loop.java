package io.maie.edge.asr.hallucination;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a text in which the same units follow each other round after round.
 *
 * @param start index of its first unit
 * @param end one past the index of its last unit; the last round may be cut short
 * @param round units in one round, 1 or more
 */
record Loop(int start, int end, int round) {

  /**
   * Finds the stretch of each whole round. A round lies where its words lie; if the words have no
   * times of their own, the units share the segment evenly.
   *
   * @param segment the text that this loop repeats
   * @param units in the whole text
   */
  List<SampleSpan> spans(Segment segment, int units) {
    List<SampleSpan> places = placesOfUnits(segment);
    boolean timed = places.size() == units;
    List<SampleSpan> spans = new ArrayList<>();
    for (int i = start; i + round <= end; i += round) {
      spans.add(
          timed
              ? new SampleSpan(
                  places.get(i).start(),
                  Math.max(places.get(i).start(), places.get(i + round - 1).end()))
              : share(segment.span(), i, units));
    }
    return spans;
  }

  private SampleSpan share(SampleSpan whole, int from, int units) {
    long first = whole.start() + whole.length() * from / units;
    return new SampleSpan(first, whole.start() + whole.length() * (from + round) / units);
  }

  /** The span of the word that each unit belongs to; empty if a word's span is only a guess. */
  private static List<SampleSpan> placesOfUnits(Segment segment) {
    List<SampleSpan> places = new ArrayList<>();
    for (Word word : segment.words()) {
      if (word.estimated()) {
        return List.of();
      }
      SpokenText.of(word.text()).units().forEach(unit -> places.add(word.span()));
    }
    return places;
  }
}
