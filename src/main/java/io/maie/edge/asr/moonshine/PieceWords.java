package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.WordSplitter;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides tokens into words: a word begins at a piece that begins with a blank; in languages that
 * write without blanks, at every character.
 */
final class PieceWords {
  private final PieceVocabulary vocabulary;
  private final WordSplitter characters;

  PieceWords(PieceVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    characters = new WordSplitter(vocabulary);
  }

  /**
   * The words of a text, none of them blank.
   *
   * @param language ISO 639-1
   */
  List<WordSplitter.Part> split(List<ScoredToken> tokens, String language) {
    List<Integer> ids = tokens.stream().map(ScoredToken::id).toList();
    if (WordSplitter.isWithoutBlanks(language)) {
      return characters.split(ids, language);
    }
    List<WordSplitter.Part> words = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= ids.size(); to++) {
      if (to == ids.size() || vocabulary.beginsWord(ids.get(to))) {
        String text =
            vocabulary.decode(ids.subList(from, to).stream().mapToInt(id -> id).toArray()).strip();
        if (!text.isEmpty()) {
          words.add(new WordSplitter.Part(text, from, to));
          from = to;
        }
      }
    }
    return words;
  }
}
