package io.maie.edge.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UnheardSpeechTest {

  @Test
  void aRegionWithoutAnyWordIsUnheard() {
    assertThat(UnheardSpeech.in(List.of(region(10, 13)), List.of()))
        .containsExactly(span(10.35, 12.65));
  }

  @Test
  void gapsBeforeBetweenAndBehindWordsAreUnheard() {
    assertThat(UnheardSpeech.in(List.of(region(0, 20)), List.of(words(4, 5, 9, 10, 10.5, 16))))
        .containsExactly(span(0.35, 3.65), span(5.35, 8.65), span(16.35, 19.65));
  }

  @Test
  void aShortRegionIsNotCounted() {
    assertThat(UnheardSpeech.in(List.of(region(0, 1.4), region(5, 6.6)), List.of()))
        .containsExactly(span(5.35, 6.25));
  }

  @Test
  void aWordThatReachesIntoTheNextRegionCountsThere() {
    List<SpeechRegion> regions = List.of(region(0, 2), region(3, 6), region(8, 12));
    assertThat(UnheardSpeech.in(regions, List.of(words(0, 5), words(9, 11.5)))).isEmpty();
    assertThat(UnheardSpeech.in(regions, List.of(words(0, 4))))
        .containsExactly(span(4.35, 5.65), span(8.35, 11.65));
  }

  @Test
  void aSegmentWithoutWordsCountsWhole() {
    Segment segment = new Segment(span(0, 9), "all of it", 1, List.of());
    assertThat(UnheardSpeech.samples(List.of(region(0, 10)), List.of(segment))).isZero();
  }

  @Test
  void segmentsMayComeInAnyOrder() {
    List<Segment> segments = List.of(words(5, 8), words(1, 4));
    assertThat(UnheardSpeech.in(List.of(region(0, 8)), segments)).isEmpty();
  }

  /** A segment of words, given by their starts and ends. */
  private static Segment words(double... times) {
    List<Word> words =
        IntStream.range(0, times.length / 2)
            .mapToObj(i -> new Word(span(times[2 * i], times[2 * i + 1]), "word", 1))
            .toList();
    SampleSpan whole = span(times[0], Arrays.stream(times).max().orElseThrow());
    return new Segment(whole, "word", 1, words);
  }

  private static SpeechRegion region(double start, double end) {
    return new SpeechRegion(span(start, end));
  }

  private static SampleSpan span(double start, double end) {
    return new SampleSpan(
        Math.round(start * Waveform.SAMPLE_RATE), Math.round(end * Waveform.SAMPLE_RATE));
  }
}
