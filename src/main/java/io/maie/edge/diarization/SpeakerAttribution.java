package io.maie.edge.diarization;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SegmentText;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says who said what. No word is lost, and order and times stay; a segment in which the speaker
 * changes becomes several. A segment without words goes to one speaker whole.
 */
public final class SpeakerAttribution {
  private final WordLabeler labeler;
  private final List<Segment> attributed = new ArrayList<>();

  private SpeakerAttribution(List<Turn> turns) {
    labeler = new WordLabeler(new TurnIndex(turns));
  }

  /**
   * The transcript with speakers; its whole text stays as it is.
   *
   * @param turns in order of start
   */
  public static Transcript attribute(Transcript transcript, List<Turn> turns) {
    return transcript.withSpeakers(new SpeakerAttribution(turns).attributed(transcript.segments()));
  }

  private List<Segment> attributed(List<Segment> segments) {
    int[] labels =
        labeler.label(segments.stream().flatMap(segment -> segment.words().stream()).toList());
    int first = 0;
    int before = WordLabeler.NOBODY;
    for (Segment segment : segments) {
      int count = segment.words().size();
      if (count == 0) {
        before = labeler.speakerOf(segment.span(), before);
        attributed.add(
            segment.withSpeaker(label(before, labeler.isOverlapped(segment.span())), List.of()));
      } else {
        split(segment, Arrays.copyOfRange(labels, first, first + count));
        before = labels[first + count - 1];
      }
      first += count;
    }
    return attributed;
  }

  /**
   * Adds the stretches of one speaker each.
   *
   * @param labels of the words of the segment
   */
  private void split(Segment segment, int[] labels) {
    List<Integer> starts = starts(labels);
    List<String> texts = SegmentText.parts(segment, starts);
    List<Word> words = segment.words();
    for (int part = 0; part < starts.size(); part++) {
      int from = starts.get(part);
      boolean isLast = part + 1 == starts.size();
      int to = isLast ? words.size() : starts.get(part + 1);
      List<Word> own = new ArrayList<>();
      boolean overlap = false;
      for (int i = from; i < to; i++) {
        boolean overlapped = labeler.isOverlapped(words.get(i).span());
        own.add(words.get(i).withSpeaker(label(labels[i], overlapped)));
        overlap |= overlapped;
      }
      SampleSpan span = span(segment, own, part == 0, isLast);
      attributed.add(
          segment.part(span, texts.get(part), own).withSpeaker(label(labels[from], overlap), own));
    }
  }

  /** The indexes of the words at which a speaker begins. */
  private static List<Integer> starts(int[] labels) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (i == 0 || labels[i] != labels[i - 1]) {
        starts.add(i);
      }
    }
    return starts;
  }

  private static SampleSpan span(Segment whole, List<Word> own, boolean isFirst, boolean isLast) {
    long start = isFirst ? whole.span().start() : own.get(0).span().start();
    long end = isLast ? whole.span().end() : own.get(own.size() - 1).span().end();
    return new SampleSpan(start, Math.max(start, end));
  }

  private static @Nullable SpeakerLabel label(int speaker, boolean overlap) {
    return speaker == WordLabeler.NOBODY ? null : new SpeakerLabel(Turn.id(speaker), overlap);
  }
}
