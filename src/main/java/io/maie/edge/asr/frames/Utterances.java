package io.maie.edge.asr.frames;

import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;

/** Groups words into segments: connected speech between pauses, none too long to read. */
final class Utterances {
  /** A pause this long ends a segment. Words of CTC models end early, so it is a bit long. */
  private static final long PAUSE_SAMPLES = Waveform.SAMPLE_RATE * 4L / 5;

  /** Longer segments are split at their longest pause; two lines of subtitles take no longer. */
  private static final long MAX_SAMPLES = Waveform.SAMPLE_RATE * 12L;

  private Utterances() {}

  /**
   * The segments of {@code words}, in order of time. None reaches over a pause that was cut out.
   *
   * @param window in which they were heard
   */
  static List<Segment> of(List<Word> words, SpeechWindow window) {
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= words.size(); i++) {
      if (i == words.size()
          || pauseBefore(words, i) >= PAUSE_SAMPLES
          || window.isCutBetween(words.get(i - 1).span(), words.get(i).span())) {
        split(words.subList(from, i), segments);
        from = i;
      }
    }
    return segments;
  }

  private static void split(List<Word> words, List<Segment> segments) {
    if (words.size() < 2 || span(words).length() <= MAX_SAMPLES) {
      segments.add(segment(words));
      return;
    }
    int at = 1;
    for (int i = 2; i < words.size(); i++) {
      if (pauseBefore(words, i) > pauseBefore(words, at)) {
        at = i;
      }
    }
    split(words.subList(0, at), segments);
    split(words.subList(at, words.size()), segments);
  }

  private static Segment segment(List<Word> words) {
    double confidence = words.stream().mapToDouble(Word::probability).average().orElse(0);
    String text = Scripts.join(words.stream().map(Word::text).toList());
    return new Segment(span(words), text, confidence, words);
  }

  private static SampleSpan span(List<Word> words) {
    return new SampleSpan(words.get(0).span().start(), words.get(words.size() - 1).span().end());
  }

  private static long pauseBefore(List<Word> words, int i) {
    return words.get(i).span().start() - words.get(i - 1).span().end();
  }
}
