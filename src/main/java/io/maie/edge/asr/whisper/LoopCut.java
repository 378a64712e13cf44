package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.TokenLoop;
import io.maie.edge.asr.seq2seq.WordSplitter;
import java.util.List;
import java.util.OptionalInt;

/**
 * A decoded text without a loop inside a word ("Aqqqqqqqqqqqqqqqq"). People repeat words, and the
 * filter of inventions asks the sound whether they did; nobody says the same letters that often.
 *
 * @param tokens text and timestamps, up to the word that never ends
 * @param isLoop whether the text went round in a circle, inside a word or not
 */
record LoopCut(List<ScoredToken> tokens, boolean isLoop) {

  LoopCut {
    tokens = List.copyOf(tokens);
  }

  /**
   * Cuts.
   *
   * @param said text and timestamps; decoding ended with the loop if there is one
   * @param language ISO 639-1
   */
  static LoopCut of(
      List<ScoredToken> said, WhisperTokens ids, WordSplitter splitter, String language) {
    OptionalInt repeats = TokenLoop.PATIENT.firstRoundOf(said);
    if (repeats.isEmpty()) {
      return new LoopCut(said, false);
    }
    List<Integer> text = ids.text(said).stream().map(ScoredToken::id).toList();
    int before = ids.text(said.subList(0, repeats.getAsInt())).size();
    List<WordSplitter.Part> words = splitter.split(text, language);
    if (words.isEmpty() || words.get(words.size() - 1).from() >= before) {
      return new LoopCut(said, true);
    }
    int from = words.get(words.size() - 1).from();
    return new LoopCut(said.subList(0, position(said, ids, from)), true);
  }

  /** The position of a token of text among all tokens. */
  private static int position(List<ScoredToken> said, WhisperTokens ids, int textToken) {
    int texts = 0;
    for (int i = 0; i < said.size(); i++) {
      if (ids.isText(said.get(i).id()) && texts++ == textToken) {
        return i;
      }
    }
    return said.size();
  }
}
