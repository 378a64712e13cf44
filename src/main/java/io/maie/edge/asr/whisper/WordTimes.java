package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.WordSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Words of a piece of a chunk, with their times. */
final class WordTimes {
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
  record TimedWord(String text, long start, long end, double probability) {}

  /**
   * Words at the times their tokens attended to. The path through a chunk begins where the chunk
   * does, so its first word would take in the silence before it.
   *
   * @param text tokens of text
   * @param steps positions of the encoder's output at which each text token of the chunk began, and
   *     the last ended
   * @param from index of the first token of {@code text} in the text of the chunk
   * @param earliest samples from the beginning of the chunk; what ends behind it begins there or
   *     later
   */
  List<TimedWord> attended(
      List<ScoredToken> text, int[] steps, int from, long earliest, String language) {
    List<TimedWord> words = new ArrayList<>();
    for (WordSplitter.Part part : parts(text, language)) {
      long start = (long) steps[from + part.from()] * shape.stepSamples();
      long end = (long) steps[from + part.to()] * shape.stepSamples();
      long begin = end > earliest ? Math.max(start, earliest) : start;
      words.add(new TimedWord(part.text(), begin, end, probability(text, part)));
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
