package io.maie.edge.asr.moonshine;

import static java.util.stream.Collectors.joining;

import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.seq2seq.CompressionRatio;
import io.maie.edge.asr.seq2seq.WordSplitter;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Groups words into segments, which end with a sentence or before a pause. */
final class Sentences {
  /** A pause of half a second ends a segment. */
  private static final long PAUSE_SAMPLES = Waveform.SAMPLE_RATE / 2;

  private static final Pattern END = Pattern.compile(".*[.?!。？！][\"'”’)]*");

  /** A full stop behind these belongs to the word: titles, and initials such as {@code J.}. */
  private static final Pattern ABBREVIATION =
      Pattern.compile("[\"'“‘(]*(?:Mr|Mrs|Ms|Dr|St|\\p{Lu})\\.");

  private final double silence;
  private final String language;
  private final SpeechWindow window;

  /**
   * A grouping.
   *
   * @param window in which the words were heard; no segment reaches over a pause that was cut out
   * @param silence probability that nothing was said
   * @param language ISO 639-1
   */
  Sentences(SpeechWindow window, double silence, String language) {
    this.window = window;
    this.silence = silence;
    this.language = language;
  }

  /** The segments of {@code words}, which are in order of time. */
  List<Segment> of(List<SpokenWord> words) {
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= words.size(); i++) {
      if (i == words.size() || isEnd(words.get(i - 1)) || isPause(words.get(i - 1), words.get(i))) {
        segments.add(segment(words.subList(from, i)));
        from = i;
      }
    }
    return segments;
  }

  private static boolean isEnd(SpokenWord word) {
    String text = word.word().text();
    return END.matcher(text).matches() && !ABBREVIATION.matcher(text).matches();
  }

  private boolean isPause(SpokenWord before, SpokenWord after) {
    return after.word().span().start() - before.word().span().end() >= PAUSE_SAMPLES
        || window.isCutBetween(before.word().span(), after.word().span());
  }

  private Segment segment(List<SpokenWord> words) {
    double sum = words.stream().mapToDouble(SpokenWord::logProbability).sum();
    int tokens = words.stream().mapToInt(SpokenWord::tokens).sum();
    double mean = Math.min(0, sum / tokens);
    String blank = WordSplitter.isWithoutBlanks(language) ? "" : " ";
    String text = words.stream().map(word -> word.word().text()).collect(joining(blank));
    long start = words.get(0).word().span().start();
    long end = words.get(words.size() - 1).word().span().end();
    return new Segment(
        new SampleSpan(start, Math.max(start, end)),
        text,
        Math.exp(mean),
        words.stream().map(SpokenWord::word).toList(),
        new DecodingScores(mean, silence, CompressionRatio.of(text), 0));
  }
}
