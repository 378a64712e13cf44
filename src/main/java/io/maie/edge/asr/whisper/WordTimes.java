package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.WordSplitter;
import io.maie.edge.audio.Waveform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Words of a piece of a chunk, with their times. */
final class WordTimes {
  /** Marks at the end of a sentence. */
  private static final String ENDS = ".!?\u2026\u3002\uff01\uff1f";

  /** A median of more counts as this: 0.7 s. */
  private static final long MOST_MEDIAN = Waveform.SAMPLE_RATE * 7L / 10;

  /** Within a sentence a word that lasts longer holds a pause: 2 s. */
  private static final long LONGEST = 2L * Waveform.SAMPLE_RATE;

  private final WordSplitter splitter;
  private final WhisperShape shape;

  WordTimes(ByteLevelTokenizer tokenizer, WhisperShape shape) {
    splitter = new WordSplitter(tokenizer);
    this.shape = shape;
  }

  /**
   * A word.
   *
   * @param start samples from the beginning of the chunk
   * @param end at least {@code start}
   * @param probability mean of its tokens'
   */
  record TimedWord(String text, long start, long end, double probability) {

    long length() {
      return end - start;
    }

    TimedWord between(long newStart, long newEnd) {
      return new TimedWord(text, newStart, newEnd, probability);
    }

    boolean endsSentence() {
      return !text.isEmpty() && ENDS.indexOf(text.charAt(text.length() - 1)) >= 0;
    }
  }

  /**
   * Words at the times their tokens attended to.
   *
   * @param text tokens of text
   * @param steps positions of the encoder's output at which each text token of the chunk began, and
   *     the last ended
   * @param from index of the first token of {@code text} in the text of the chunk
   */
  List<TimedWord> attended(List<ScoredToken> text, int[] steps, int from, String language) {
    List<TimedWord> words = new ArrayList<>();
    for (WordSplitter.Part part : parts(text, language)) {
      long start = (long) steps[from + part.from()] * shape.stepSamples();
      long end = (long) steps[from + part.to()] * shape.stepSamples();
      words.add(new TimedWord(part.text(), start, end, probability(text, part)));
    }
    return words;
  }

  /**
   * Words spread over a stretch in proportion to their characters, as if all took equally long: not
   * more than a guess.
   *
   * @param start samples from the beginning of the chunk
   */
  List<TimedWord> estimated(List<ScoredToken> text, long start, long end, String language) {
    List<WordSplitter.Part> parts = parts(text, language);
    int all = parts.stream().mapToInt(part -> part.text().length()).sum();
    List<TimedWord> words = new ArrayList<>();
    int before = 0;
    for (WordSplitter.Part part : parts) {
      int after = before + part.text().length();
      words.add(
          new TimedWord(
              part.text(),
              start + (end - start) * before / all,
              start + (end - start) * after / all,
              probability(text, part)));
      before = after;
    }
    return words;
  }

  /**
   * The same words without the silence that the path of attention put into them. The path begins
   * with the chunk, so that the first word reaches back over silence, and the words around a pause
   * take it in: as openai/whisper, words at the ends of sentences last at most twice the median.
   *
   * @param words of a chunk, in order
   */
  static List<TimedWord> withoutSilence(List<TimedWord> words) {
    long[] lengths =
        words.stream().mapToLong(TimedWord::length).filter(each -> each > 0).sorted().toArray();
    long median = lengths.length == 0 ? 0 : Math.min(MOST_MEDIAN, lengths[lengths.length / 2]);
    List<TimedWord> natural = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      TimedWord word = words.get(i);
      boolean opens = i == 0 || words.get(i - 1).endsSentence();
      natural.add(word.length() > 2 * median ? shortened(word, i == 0, opens, 2 * median) : word);
    }
    return natural;
  }

  private static TimedWord shortened(TimedWord word, boolean isFirst, boolean opens, long most) {
    boolean closes = word.endsSentence() && !isFirst;
    if (closes || (!opens && word.length() > LONGEST)) {
      return word.between(word.start(), word.start() + most);
    }
    return opens ? word.between(word.end() - most, word.end()) : word;
  }

  private List<WordSplitter.Part> parts(List<ScoredToken> text, String language) {
    return splitter.split(text.stream().map(ScoredToken::id).toList(), language);
  }

  private static double probability(List<ScoredToken> text, WordSplitter.Part part) {
    return IntStream.range(part.from(), part.to())
        .mapToDouble(i -> text.get(i).probability())
        .average()
        .orElse(0);
  }
}
