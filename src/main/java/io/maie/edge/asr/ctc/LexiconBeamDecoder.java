package io.maie.edge.asr.ctc;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the best sequence of words from a lexicon, rated by acoustics and a word n-gram. Holds
 * scratch space: one instance per thread.
 */
final class LexiconBeamDecoder implements CtcDecoder {
  /*
   * A frame-synchronous beam search over a tree of pronunciations, as in Flashlight's lexicon
   * decoder [1]; the best path counts (maximum), not the sum over paths. Per frame a hypothesis
   *   - sees blank and stays,
   *   - sees its last token again and stays,
   *   - at the root, between words, sees silence and stays,
   *   - goes to a child by another token than its last one, or by the same after a blank; where
   *     words end at the child, it also goes back to the root by each of them.
   * Score: sum of log-probabilities + language model weight * ln P(word | history) + word score per
   * word + silence score per silence. Inside a word the best unigram below the node stands in for
   * the word's probability (smearing) and is exchanged for the true one at its end, so it steers
   * pruning and nothing else. Unlike [1] a word's last token may last several frames without a
   * separator in the spelling.
   *
   * [1] V. Pratap et al., Wav2Letter++: a fast open-source speech recognition system, ICASSP 2019.
   */
  private final LexiconTrie trie;
  private final WordTable table;
  private final LanguageModel languageModel;
  private final CtcTokens special;
  private final BeamOptions options;
  private final Traces traces = new Traces();
  private Beam current;
  private Beam next;

  LexiconBeamDecoder(
      LexiconTrie trie,
      WordTable table,
      LanguageModel languageModel,
      CtcTokens special,
      BeamOptions options) {
    this.trie = requireNonNull(trie, "trie is null");
    this.table = requireNonNull(table, "table is null");
    this.languageModel = requireNonNull(languageModel, "languageModel is null");
    this.special = requireNonNull(special, "special is null");
    this.options = requireNonNull(options, "options is null");
    current = new Beam(options.beamThreshold());
    next = new Beam(options.beamThreshold());
  }

  @Override
  public List<DecodedWord> decode(Posteriors posteriors) {
    return words(bestStep(posteriors), posteriors);
  }

  /** The score of the best sequence of words that is complete at the end; for tests. */
  double bestScore(Posteriors posteriors) {
    search(posteriors);
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < current.size(); i++) {
      if (current.node(i) == LexiconTrie.ROOT) {
        best = Math.max(best, finalScore(i));
      }
    }
    return best;
  }

  private int bestStep(Posteriors posteriors) {
    search(posteriors);
    int best = -1;
    for (int i = 0; i < current.size(); i++) {
      if (best < 0 || isBetterEnd(i, best)) {
        best = i;
      }
    }
    return best < 0 ? Traces.ORIGIN : current.trace(best);
  }

  /** A hypothesis between words beats any inside a word, whose last word would be lost. */
  private boolean isBetterEnd(int a, int b) {
    boolean aComplete = current.node(a) == LexiconTrie.ROOT;
    boolean bComplete = current.node(b) == LexiconTrie.ROOT;
    return aComplete == bComplete ? finalScore(a) > finalScore(b) : aComplete;
  }

  private double finalScore(int i) {
    return current.node(i) == LexiconTrie.ROOT
        ? current.score(i) + options.languageModelWeight() * languageModel.end(current.state(i))
        : current.score(i);
  }

  private void search(Posteriors posteriors) {
    TokenBeam tokens = new TokenBeam(options.tokenBeam(), posteriors.tokens());
    traces.clear();
    current.clear();
    current.add(
        0, LexiconTrie.ROOT, languageModel.start(), special.blank(), Traces.ORIGIN, Traces.NO_WORD);
    for (int frame = 0; frame < posteriors.frames(); frame++) {
      tokens.look(posteriors, frame);
      next.clear();
      for (int i = 0; i < current.size(); i++) {
        stay(i, posteriors, frame, tokens);
        goOn(i, posteriors, frame, tokens);
      }
      next.prune(options.beamSize(), traces);
      Beam done = current;
      current = next;
      next = done;
    }
  }

  private void stay(int i, Posteriors posteriors, int frame, TokenBeam tokens) {
    int node = current.node(i);
    int last = current.last(i);
    double score = current.score(i);
    add(i, score + posteriors.at(frame, special.blank()), node, special.blank());
    if (last != special.blank()) {
      add(i, score + posteriors.at(frame, last), node, last);
    }
    int silence = special.silence();
    if (node == LexiconTrie.ROOT && silence >= 0 && last != silence && tokens.allows(silence)) {
      add(i, score + posteriors.at(frame, silence) + options.silenceScore(), node, silence);
    }
  }

  private void add(int i, double score, int node, int last) {
    next.add(score, node, current.state(i), last, current.trace(i), Traces.NO_WORD);
  }

  private void goOn(int i, Posteriors posteriors, int frame, TokenBeam tokens) {
    int node = current.node(i);
    int last = current.last(i);
    double weight = options.languageModelWeight();
    double score = current.score(i) - weight * trie.bestUnigram(node);
    int end = trie.endChild(node);
    for (int child = trie.firstChild(node); child < end; child++) {
      int token = trie.token(child);
      if (token == last || !tokens.allows(token)) {
        continue;
      }
      double reached = score + posteriors.at(frame, token);
      if (!trie.isLeaf(child)) {
        add(i, reached + weight * trie.bestUnigram(child), child, token);
      }
      for (int w = trie.firstWord(child); w < trie.endWord(child); w++) {
        finishWord(i, reached + options.wordScore(), token, trie.word(w));
      }
    }
  }

  private void finishWord(int i, double score, int token, int word) {
    // log-probabilities are 0 or less, so nothing can lift it above this
    if (options.languageModelWeight() >= 0 && !next.wants(score)) {
      return;
    }
    long scored = languageModel.score(current.state(i), word);
    next.add(
        score + options.languageModelWeight() * LanguageModel.logProbability(scored),
        LexiconTrie.ROOT,
        LanguageModel.state(scored),
        token,
        current.trace(i),
        word);
  }

  /** Reads the words off the steps that lead to {@code lastStep}. */
  private List<DecodedWord> words(int lastStep, Posteriors posteriors) {
    int[] path = new int[posteriors.frames()];
    List<WordEnd> ends = new ArrayList<>();
    int frame = path.length - 1;
    for (int step = lastStep; step != Traces.ORIGIN; step = traces.parent(step)) {
      path[frame] = traces.token(step);
      if (traces.word(step) != Traces.NO_WORD) {
        ends.add(new WordEnd(traces.word(step), frame));
      }
      frame--;
    }
    Collections.reverse(ends);
    return words(ends, TokenSpan.of(path, special.blank(), posteriors));
  }

  private List<DecodedWord> words(List<WordEnd> ends, List<TokenSpan> spans) {
    List<DecodedWord> words = new ArrayList<>();
    int from = 0;
    for (WordEnd end : ends) {
      int to = from;
      while (spans.get(to).firstFrame() != end.frame) {
        to++;
      }
      words.add(word(table.text(end.word), spans.subList(from, to + 1)));
      from = to + 1;
    }
    return words;
  }

  /** Silence before the word, and a separator at its end, do not belong to its time. */
  private DecodedWord word(String text, List<TokenSpan> spans) {
    int from = 0;
    int to = spans.size();
    while (from < to - 1 && spans.get(from).token() == special.silence()) {
      from++;
    }
    while (to > from + 1 && spans.get(to - 1).token() == special.silence()) {
      to--;
    }
    double posteriors = 0;
    for (int i = from; i < to; i++) {
      posteriors += spans.get(i).posterior();
    }
    return new DecodedWord(
        text, spans.get(from).firstFrame(), spans.get(to - 1).endFrame(), posteriors / (to - from));
  }

  /** A word and the frame in which its last token began. */
  private record WordEnd(int word, int frame) {}
}
