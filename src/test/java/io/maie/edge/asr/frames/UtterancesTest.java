package io.maie.edge.asr.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UtterancesTest {
  private static final SpeechWindow WINDOW = new SpeechWindow(List.of(span(0, 60_000)));

  @Test
  void noWordsAreNoSegments() {
    assertThat(Utterances.of(List.of(), WINDOW)).isEmpty();
  }

  @Test
  void aPauseEndsASegment() {
    List<Segment> segments =
        Utterances.of(List.of(word(0, 500), word(1200, 1500), word(2300, 2500)), WINDOW);

    assertThat(segments).extracting(Segment::span).containsExactly(span(0, 1500), span(2300, 2500));
    assertThat(segments.get(0).text()).isEqualTo("w w");
    assertThat(segments.get(0).confidence()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void longSpeechIsSplitAtItsLongestPause() {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int start = 1000 * i + (i >= 8 ? 300 : 0);
      words.add(word(start, start + 900));
    }

    List<Segment> segments = Utterances.of(words, WINDOW);

    assertThat(segments).extracting(segment -> segment.words().size()).containsExactly(8, 12);
  }

  @Test
  void aPauseThatWasCutOutEndsASegmentHoweverShortItIs() {
    SpeechWindow cut = new SpeechWindow(List.of(span(0, 1_000), span(1_050, 3_000)));
    List<Word> words = List.of(word(0, 400), word(600, 1_000), word(1_050, 1_300));

    assertThat(Utterances.of(words, cut))
        .extracting(Segment::span)
        .containsExactly(span(0, 1_000), span(1_050, 1_300));
  }

  private static Word word(int startMillis, int endMillis) {
    return new Word(span(startMillis, endMillis), "w", 0.5);
  }

  private static SampleSpan span(int startMillis, int endMillis) {
    return new SampleSpan(16L * startMillis, 16L * endMillis);
  }
}
