package io.maie.edge.text.evaluation;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a transcript.
 *
 * @param speaker null if only one person speaks
 */
record Sentence(String text, @Nullable String speaker) {

  /** The sentences of each utterance, by the rules of Unicode; one utterance if it has no marks. */
  static List<Sentence> of(List<Utterance> utterances) {
    List<Sentence> sentences = new ArrayList<>();
    BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
    for (Utterance utterance : utterances) {
      ends.setText(utterance.text());
      int start = ends.first();
      for (int end = ends.next(); end != BreakIterator.DONE; start = end, end = ends.next()) {
        String text = utterance.text().substring(start, end).strip();
        sentences.add(new Sentence(text, utterance.speaker()));
      }
    }
    return sentences;
  }
}
