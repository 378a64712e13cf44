package io.maie.edge.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.maie.edge.asr.Recognition;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.diarization.SpeakerAttribution;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Merges transcripts of channels in order of time. */
final class SeparateTranscripts {
  private static final Comparator<Segment> BY_TIME =
      Comparator.comparing(Segment::span)
          .thenComparing(segment -> Objects.requireNonNullElse(segment.channel(), 0));

  private SeparateTranscripts() {}

  /** The stretches in which any of several channels has speech, ascending. */
  static List<SpeechRegion> union(List<SpeechRegions> channels) {
    if (channels.size() == 1) {
      return channels.get(0).list();
    }
    List<SampleSpan> all =
        channels.stream()
            .flatMap(each -> each.list().stream())
            .map(SpeechRegion::span)
            .sorted()
            .toList();
    List<SampleSpan> union = new ArrayList<>();
    for (SampleSpan span : all) {
      int last = union.size() - 1;
      if (last >= 0 && span.start() <= union.get(last).end()) {
        SampleSpan before = union.get(last);
        union.set(last, new SampleSpan(before.start(), Math.max(before.end(), span.end())));
      } else {
        union.add(span);
      }
    }
    return union.stream().map(SpeechRegion::new).toList();
  }

  /**
   * One transcript, in the language of the channel in which most is said.
   *
   * @param heard one for each of {@code sounds}
   */
  static Recognition merged(List<SpeechRecognition.Sound> sounds, List<Recognition> heard) {
    if (sounds.size() == 1 && sounds.get(0).number() == null) {
      return heard.get(0);
    }
    List<Segment> segments = new ArrayList<>();
    List<RemovedSegment> removed = new ArrayList<>();
    List<SampleSpan> skipped = new ArrayList<>();
    Transcript longest = heard.get(0).transcript();
    for (int i = 0; i < heard.size(); i++) {
      Transcript own = heard.get(i).transcript();
      longest = samples(own) > samples(longest) ? own : longest;
      @Nullable Integer number = sounds.get(i).number();
      own.segments().forEach(each -> segments.add(number == null ? each : each.inChannel(number)));
      removed.addAll(heard.get(i).removed());
      skipped.addAll(heard.get(i).skipped());
    }
    segments.sort(BY_TIME);
    removed.sort(Comparator.comparing(RemovedSegment::span));
    return new Recognition(longest.withSegments(segments), removed, skipped, List.of());
  }

  private static long samples(Transcript transcript) {
    return transcript.segments().stream().mapToLong(segment -> segment.span().length()).sum();
  }

  /**
   * The transcript with speakers. Words of a channel belong to the speakers of that channel, even
   * if others talk at the same time.
   */
  static Transcript attribute(Transcript transcript, Diarized diarized) {
    if (transcript.segments().stream().allMatch(segment -> segment.channel() == null)) {
      return SpeakerAttribution.attribute(transcript, diarized.turns());
    }
    Map<Integer, List<Segment>> channels =
        transcript.segments().stream()
            .collect(
                groupingBy(
                    segment -> Objects.requireNonNullElse(segment.channel(), 0),
                    TreeMap::new,
                    toList()));
    List<Segment> attributed = new ArrayList<>();
    channels.forEach(
        (channel, segments) -> {
          List<Turn> own = diarized.turnsIn(channel);
          boolean isAlone =
              !diarized.channels().isEmpty()
                  && own.stream().map(Turn::speaker).distinct().count() == 1;
          List<Turn> turns = isAlone ? List.of(allOf(segments, own.get(0))) : own;
          SpeakerAttribution.attribute(Transcript.of(segments), turns).segments().stream()
              .map(new Overlaps(diarized.turns())::marked)
              .forEach(attributed::add);
        });
    attributed.sort(BY_TIME);
    return transcript.withSpeakers(attributed);
  }

  /** A turn of the same speaker over all segments: one who is alone in a channel said all of it. */
  private static Turn allOf(List<Segment> segments, Turn any) {
    long end = segments.stream().mapToLong(segment -> segment.span().end()).max().orElse(0);
    return new Turn(new SampleSpan(0, end), any.speaker());
  }

  /** The times at which several people speak. */
  private record Overlaps(List<Turn> turns) {

    /** A segment whose speakers tell whether somebody else spoke too. */
    Segment marked(Segment segment) {
      List<Word> words =
          segment.words().stream()
              .map(word -> word.withSpeaker(marked(word.speaker(), word.span())))
              .toList();
      boolean isOverlapped =
          words.stream().map(Word::speaker).anyMatch(label -> label != null && label.overlap());
      @Nullable SpeakerLabel label = segment.speaker();
      return segment.withSpeaker(
          label == null || !words.isEmpty()
              ? label == null ? null : new SpeakerLabel(label.speaker(), isOverlapped)
              : marked(label, segment.span()),
          words);
    }

    private @Nullable SpeakerLabel marked(@Nullable SpeakerLabel label, SampleSpan span) {
      if (label == null) {
        return null;
      }
      boolean isOverlapped =
          turns.stream()
              .anyMatch(
                  turn ->
                      !turn.speakerId().equals(label.speaker())
                          && turn.span().start() < span.end()
                          && turn.span().end() > span.start());
      return new SpeakerLabel(label.speaker(), isOverlapped);
    }
  }
}
