package io.maie.edge.result;

import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The speakers of a recording and their turns.
 *
 * @param speakers in the order of their ids
 * @param turns in order of start
 */
public record Speakers(List<SpeakerSummary> speakers, List<Turn> turns) {

  public Speakers {
    speakers = List.copyOf(speakers);
    turns = List.copyOf(turns);
  }

  /**
   * Sums up turns and a transcript with speakers. A speaker of the transcript alone, as of a
   * written text, has no time.
   *
   * @param turns in order of start
   * @param names by id; speakers without a name are known by their id
   * @param channels by number of the speaker; empty if voices alone told the speakers apart
   */
  public static Speakers of(
      List<Turn> turns,
      Transcript transcript,
      Map<String, String> names,
      Map<Integer, Integer> channels) {
    Map<Integer, Long> samples = new LinkedHashMap<>();
    turns.forEach(turn -> samples.merge(turn.speaker(), turn.span().length(), Long::sum));
    for (Segment segment : transcript.segments()) {
      Stream.ofNullable(segment.speaker())
          .flatMap(label -> Turn.of(segment.span(), label.speaker()).stream())
          .forEach(turn -> samples.putIfAbsent(turn.speaker(), 0L));
    }
    long all = samples.values().stream().mapToLong(Long::longValue).sum();
    List<SpeakerSummary> summaries = new ArrayList<>();
    for (int speaker : samples.keySet().stream().sorted().toList()) {
      String id = Turn.id(speaker);
      long own = samples.getOrDefault(speaker, 0L);
      summaries.add(
          new SpeakerSummary(
              id,
              names.get(id),
              channels.get(speaker),
              own,
              words(transcript, id),
              all == 0 ? 0 : (double) own / all));
    }
    return new Speakers(summaries, turns);
  }

  private static int words(Transcript transcript, String id) {
    return transcript.segments().stream().mapToInt(segment -> words(segment, id)).sum();
  }

  /** A segment without words, as in a written text, is counted by its blanks. */
  private static int words(Segment segment, String id) {
    if (segment.words().isEmpty()) {
      @Nullable SpeakerLabel label = segment.speaker();
      return label != null && label.speaker().equals(id)
          ? segment.text().split("\\s+", -1).length
          : 0;
    }
    return (int)
        segment.words().stream()
            .flatMap(word -> Stream.ofNullable(word.speaker()))
            .map(SpeakerLabel::speaker)
            .filter(id::equals)
            .count();
  }

  /** {@code known}, or nobody. */
  static Speakers orNone(@Nullable Speakers known) {
    return known == null ? new Speakers(List.of(), List.of()) : known;
  }

  /** The same speakers, some of them with other names. */
  public Speakers named(Map<String, String> names) {
    return new Speakers(
        speakers.stream()
            .map(speaker -> speaker.named(names.getOrDefault(speaker.id(), speaker.name())))
            .toList(),
        turns);
  }

  /** The name of a speaker, or his id. */
  String nameOf(String id) {
    return speakers.stream()
        .filter(speaker -> speaker.id().equals(id))
        .map(SpeakerSummary::name)
        .filter(name -> name != null)
        .findFirst()
        .orElse(id);
  }

  /** The name or id of the speaker, for people; null if it is not known. */
  @Nullable String nameOf(@Nullable SpeakerLabel label) {
    return label == null ? null : nameOf(label.speaker());
  }
}
