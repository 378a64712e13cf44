package io.maie.edge.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeakerAttributionTest {
  private static final int SECOND = 16_000;

  private final List<Turn> turns = new ArrayList<>();

  @Test
  void wordsGetTheSpeakersOfTheReference() throws Exception {
    JsonNode golden =
        new JsonMapper()
            .readTree(SharedMaterial.require("examples", "speakers", "golden.json").toFile())
            .path("words");
    for (JsonNode turn : golden.path("turns")) {
      turn(
          Integer.parseInt(turn.get(2).asText().substring(1)),
          turn.get(0).asDouble(),
          turn.get(1).asDouble());
    }
    List<Word> words = new ArrayList<>();
    for (JsonNode word : golden.path("words")) {
      words.add(word(word.get(2).asText(), word.get(0).asDouble(), word.get(1).asDouble()));
    }

    List<String> speakers =
        attributed(segment(words)).segments().stream()
            .flatMap(segment -> segment.words().stream())
            .map(word -> word.speaker() == null ? "" : word.speaker().speaker())
            .toList();

    List<String> expected = new ArrayList<>();
    golden.path("speakers").forEach(speaker -> expected.add(speaker.asText()));
    assertThat(speakers).isEqualTo(expected);
  }

  @Test
  void aSegmentIsSplitWhereTheSpeakerChanges() {
    turn(1, 0, 1);
    turn(2, 1, 2);
    Segment segment =
        new Segment(
            span(0, 2),
            "Are you there? \u00ABYes.\u00BB",
            0.9,
            List.of(
                word("Are", 0, 0.3),
                word("you", 0.3, 0.6),
                word("there", 0.6, 0.95),
                word("Yes", 1.2, 1.8)));

    Transcript found = attributed(segment);

    assertThat(found.segments())
        .extracting(Segment::text)
        .containsExactly("Are you there?", "\u00ABYes.\u00BB");
    assertThat(found.segments())
        .extracting(Segment::span)
        .containsExactly(span(0, 0.95), span(1.2, 2));
    assertThat(found.segments())
        .extracting(Segment::speaker)
        .containsExactly(new SpeakerLabel("S1", false), new SpeakerLabel("S2", false));
    assertThat(found.text()).isEqualTo(segment.text());
  }

  @Test
  void noWordIsLostAndTheirTimesStay() {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      turn(i % 3 + 1, i * 0.7, i * 0.7 + 0.9);
      words.add(word("w" + i, i * 0.5, i * 0.5 + 0.4));
    }

    List<Word> found =
        attributed(segment(words.subList(0, 90)), segment(words.subList(90, 200)))
            .segments()
            .stream()
            .flatMap(segment -> segment.words().stream())
            .map(word -> word.withSpeaker(null))
            .toList();

    assertThat(found).isEqualTo(words);
  }

  @Test
  void writingWithoutBlanksIsCutBetweenItsWords() {
    turn(1, 0, 1);
    turn(2, 1, 2);
    Segment segment =
        new Segment(
            span(0, 2),
            "\u4F60\u597D\u518D\u89C1",
            0.9,
            List.of(word("\u4F60\u597D", 0, 0.9), word("\u518D\u89C1", 1.1, 1.9)));

    Transcript found = attributed(segment);

    assertThat(found.segments())
        .extracting(Segment::text)
        .containsExactly("\u4F60\u597D", "\u518D\u89C1");
    assertThat(found.text()).isEqualTo("\u4F60\u597D\u518D\u89C1");
  }

  @Test
  void aWordThatTheTextWritesOtherwiseCostsThePunctuationOnly() {
    turn(1, 0, 1);
    turn(2, 1, 2);
    Segment segment =
        new Segment(
            span(0, 2), "Twenty. No!", 0.9, List.of(word("20", 0, 0.9), word("No", 1.1, 1.9)));

    assertThat(attributed(segment).segments())
        .extracting(Segment::text)
        .containsExactly("20", "No");
  }

  @Test
  void aSentenceGoesToTheSpeakerOfMostOfItsWords() {
    turn(1, 0, 2);
    turn(2, 2, 3);
    List<Word> words =
        List.of(
            word("One", 0, 0.6),
            word("two", 0.7, 1.3),
            word("three", 1.4, 1.9),
            word("four.", 2.05, 2.4));

    assertThat(attributed(segment(words)).segments()).hasSize(1);
  }

  @Test
  void withoutPunctuationNothingIsASentence() {
    turn(1, 0, 2);
    turn(2, 2, 3);
    List<Word> words =
        List.of(
            word("one", 0, 0.6),
            word("two", 0.7, 1.3),
            word("three", 1.4, 1.9),
            word("four", 2.05, 2.4));

    assertThat(attributed(segment(words)).segments()).hasSize(2);
  }

  @Test
  void aWordFarFromEveryTurnGetsTheLastSpeaker() {
    turn(1, 0, 1);

    List<Word> words = List.of(word("one", 0.2, 0.5), word("two", 8, 8.5));

    assertThat(attributed(segment(words)).segments().get(0).words())
        .extracting(Word::speaker)
        .containsExactly(new SpeakerLabel("S1", false), new SpeakerLabel("S1", false));
  }

  @Test
  void wordsWhileTwoSpeakAreMarked() {
    turn(1, 0, 3);
    turn(2, 1, 2);
    List<Word> words =
        List.of(word("one", 0.2, 0.8), word("two", 1.2, 1.5), word("three", 2.2, 2.6));

    Segment found = attributed(segment(words)).segments().get(0);

    assertThat(found.words())
        .extracting(word -> word.speaker() != null && word.speaker().overlap())
        .containsExactly(false, true, false);
    assertThat(found.speaker()).isEqualTo(new SpeakerLabel("S1", true));
  }

  @Test
  void aSegmentWithoutWordsGetsItsLongestSpeaker() {
    turn(1, 0, 1);
    turn(2, 1, 4);
    Segment segment = new Segment(span(0, 4), "All of it", 0.9, List.of());

    assertThat(attributed(segment).segments())
        .containsExactly(segment.withSpeaker(new SpeakerLabel("S2", false), List.of()));
  }

  @Test
  void withoutTurnsNobodyIsNamed() {
    Segment segment = segment(List.of(word("one", 0, 1)));

    assertThat(attributed(segment).segments()).containsExactly(segment);
  }

  private Transcript attributed(Segment... segments) {
    return SpeakerAttribution.attribute(Transcript.of(List.of(segments)), turns);
  }

  private void turn(int speaker, double start, double end) {
    turns.add(new Turn(span(start, end), speaker));
  }

  private static Segment segment(List<Word> words) {
    return new Segment(
        new SampleSpan(words.get(0).span().start(), words.get(words.size() - 1).span().end()),
        String.join(" ", words.stream().map(Word::text).toList()),
        0.9,
        words);
  }

  private static Word word(String text, double start, double end) {
    return new Word(span(start, end), text, 0.9);
  }

  private static SampleSpan span(double start, double end) {
    return new SampleSpan(Math.round(start * SECOND), Math.round(end * SECOND));
  }
}
