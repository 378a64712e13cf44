package io.maie.edge.asr.transducer;

import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.frames.TokenSpan;
import io.maie.edge.asr.frames.TokenTable;
import io.maie.edge.asr.frames.TokenUnit;
import io.maie.edge.asr.frames.WordAssembler;
import io.maie.edge.asr.frames.WordScore;
import java.util.ArrayList;
import java.util.List;

/** Joins the tokens of a search to words with times. */
public final class SaidWords {
  private final WordAssembler assembler;

  public SaidWords(TokenTable tokens) {
    assembler = new WordAssembler(tokens, TokenUnit.BPE, WordScore.GEOMETRIC_MEAN);
  }

  /**
   * The words that {@code said} spell.
   *
   * @param frames number of frames that were searched
   */
  public List<DecodedWord> words(List<SaidToken> said, int frames) {
    List<TokenSpan> spans = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      SaidToken token = said.get(i);
      int following = i + 1 < said.size() ? said.get(i + 1).frame() : token.frame();
      spans.add(span(token, following > token.frame() ? following : frames));
    }
    return assembler.assemble(spans);
  }

  /** A token lasts as long as the model says, at least a frame, at most until the next one. */
  private static TokenSpan span(SaidToken token, int latest) {
    int end = Math.min(token.frame() + Math.max(1, token.duration()), latest);
    return new TokenSpan(
        token.token(), token.frame(), end, Math.min(1, Math.exp(token.logProbability())));
  }
}
