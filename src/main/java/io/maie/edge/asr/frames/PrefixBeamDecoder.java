package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Finds the most probable sequence of tokens, optionally rated by a word n-gram at word ends. Holds
 * scratch space: one instance per thread.
 */
final class PrefixBeamDecoder implements CtcDecoder {
  /*
   * CTC prefix beam search [1]: the probabilities of all paths to a sequence add up. Each sequence
   * carries ln P of its whole words times the language model weight plus the word score; the word at
   * the end and the end of the sentence are rated when the last frame is done. Times come from a
   * forced alignment of the winner.
   *
   * [1] A. Y. Hannun et al., First-pass large vocabulary continuous speech recognition using
   *     bi-directional recurrent DNNs, 2014.
   */
  private static final int NO_WORD = -2;

  private final WordAssembler words;
  private final WordTable table;
  private final LanguageModel languageModel;
  private final int blank;
  private final BeamOptions options;
  private final PrefixTree tree = new PrefixTree();
  private PrefixBeam current = new PrefixBeam();
  private PrefixBeam next = new PrefixBeam();

  PrefixBeamDecoder(
      WordAssembler words,
      WordTable table,
      LanguageModel languageModel,
      int blank,
      BeamOptions options) {
    this.words = requireNonNull(words, "words is null");
    this.table = requireNonNull(table, "table is null");
    this.languageModel = requireNonNull(languageModel, "languageModel is null");
    this.blank = blank;
    this.options = requireNonNull(options, "options is null");
  }

  @Override
  public List<DecodedWord> decode(Posteriors posteriors) {
    int[] path = ForcedAlignment.align(posteriors, bestTokens(posteriors), blank);
    return words.assemble(TokenSpan.of(path, blank, posteriors));
  }

  /** The tokens of the best sequence. */
  int[] bestTokens(Posteriors posteriors) {
    search(posteriors);
    return tree.sequence(bestPrefix());
  }

  private int bestPrefix() {
    int best = PrefixTree.ROOT;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < current.size(); i++) {
      double score = current.total(i) + finalWordScore(current.prefix(i));
      if (score > bestScore) {
        bestScore = score;
        best = current.prefix(i);
      }
    }
    return best;
  }

  private void search(Posteriors posteriors) {
    TokenBeam tokens = new TokenBeam(options.tokenBeam(), posteriors.tokens());
    tree.clear(languageModel.start());
    current.clear();
    current.addBlank(PrefixTree.ROOT, 0);
    for (int frame = 0; frame < posteriors.frames(); frame++) {
      tokens.look(posteriors, frame);
      next.clear();
      for (int i = 0; i < current.size(); i++) {
        extend(i, posteriors, frame, tokens);
      }
      next.prune(options, tree);
      PrefixBeam done = current;
      current = next;
      next = done;
    }
  }

  private void extend(int i, Posteriors posteriors, int frame, TokenBeam tokens) {
    int prefix = current.prefix(i);
    int last = tree.token(prefix);
    next.addBlank(prefix, current.total(i) + posteriors.at(frame, blank));
    if (last >= 0) {
      next.addToken(prefix, current.token(i) + posteriors.at(frame, last));
    }
    for (int rank = 0; rank < tokens.count(); rank++) {
      int token = tokens.token(rank);
      if (token != blank) {
        double before = token == last ? current.blank(i) : current.total(i);
        if (before > Double.NEGATIVE_INFINITY) {
          next.addToken(child(prefix, token), before + posteriors.at(frame, token));
        }
      }
    }
  }

  private int child(int prefix, int token) {
    int known = tree.find(prefix, token);
    if (known >= 0) {
      return known;
    }
    boolean endsWord =
        prefix != PrefixTree.ROOT
            && (words.endsWordBefore(token)
                || words.standsAlone(token)
                || words.standsAlone(tree.token(prefix)));
    int word = endsWord ? lastWord(prefix) : NO_WORD;
    if (word == NO_WORD) {
      return tree.add(prefix, token, tree.state(prefix), tree.wordScore(prefix));
    }
    long scored = languageModel.score(tree.state(prefix), word);
    double score = tree.wordScore(prefix) + wordScore(LanguageModel.logProbability(scored));
    return tree.add(prefix, token, LanguageModel.state(scored), score);
  }

  private double finalWordScore(int prefix) {
    int word = lastWord(prefix);
    double weight = options.languageModelWeight();
    if (word == NO_WORD) {
      return tree.wordScore(prefix) + weight * languageModel.end(tree.state(prefix));
    }
    long scored = languageModel.score(tree.state(prefix), word);
    return tree.wordScore(prefix)
        + wordScore(LanguageModel.logProbability(scored))
        + weight * languageModel.end(LanguageModel.state(scored));
  }

  private double wordScore(double logProbability) {
    return options.languageModelWeight() * logProbability + options.wordScore();
  }

  /** The word that the tokens since the last boundary spell; a word unknown to the table is -1. */
  private int lastWord(int prefix) {
    StringBuilder text = new StringBuilder();
    for (int at = prefix; at != PrefixTree.ROOT; at = tree.parent(at)) {
      int token = tree.token(at);
      text.insert(0, words.textOf(token));
      boolean first =
          words.endsWordBefore(token)
              || words.standsAlone(token)
              || (tree.parent(at) != PrefixTree.ROOT
                  && words.standsAlone(tree.token(tree.parent(at))));
      if (first) {
        break;
      }
    }
    return text.isEmpty() ? NO_WORD : table.find(text.toString());
  }
}
