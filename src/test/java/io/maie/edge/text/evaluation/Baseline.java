package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Something simple to be better than: picks whole sentences, the best first.
 *
 * <p>It knows no decisions, action items or dates, so all of its sentences are offered as each of
 * them, and each with its speaker as the person: the most favourable reading.
 */
enum Baseline {
  /** The first sentences. */
  LEAD("first sentences") {
    @Override
    List<Integer> ranking(List<Sentence> sentences) {
      return IntStream.range(0, sentences.size()).boxed().toList();
    }
  },
  /** The sentences that TextRank puts first. */
  TEXT_RANK("TextRank") {
    @Override
    List<Integer> ranking(List<Sentence> sentences) {
      double[] scores = TextRank.scores(sentences.stream().map(s -> Words.of(s.text())).toList());
      return IntStream.range(0, scores.length)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -scores[i]))
          .toList();
    }
  };

  private final String title;

  Baseline(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract List<Integer> ranking(List<Sentence> sentences);

  /**
   * Picks sentences.
   *
   * @param summarySentences how many the summary has
   * @param words the other lists have sentences until they have this many words
   */
  Summary summarize(List<Utterance> utterances, int summarySentences, int words) {
    List<Sentence> sentences = Sentence.of(utterances);
    List<Integer> chosen = new ArrayList<>();
    int found = 0;
    for (int index : ranking(sentences)) {
      if (found >= words && chosen.size() >= summarySentences) {
        break;
      }
      chosen.add(index);
      found += length(sentences.get(index));
    }
    List<Sentence> all = chosen.stream().sorted().map(sentences::get).toList();
    List<String> texts = all.stream().map(Sentence::text).toList();
    return new Summary(
        chosen.stream()
            .limit(summarySentences)
            .sorted()
            .map(sentences::get)
            .map(Sentence::text)
            .toList(),
        texts,
        all.stream().map(s -> new ActionItem(s.text(), s.speaker(), null)).toList(),
        texts);
  }

  /** The best sentences, in order; as many as have about {@code words}, and at least one. */
  List<String> sentences(List<Utterance> utterances, int words) {
    List<Sentence> sentences = Sentence.of(utterances);
    List<Integer> chosen = new ArrayList<>();
    int found = 0;
    for (int index : ranking(sentences)) {
      int over = found + length(sentences.get(index)) - words;
      if (!chosen.isEmpty() && over > words - found) {
        break;
      }
      chosen.add(index);
      found += length(sentences.get(index));
    }
    return chosen.stream().sorted().map(sentences::get).map(Sentence::text).toList();
  }

  private static int length(Sentence sentence) {
    return Words.of(sentence.text()).size();
  }
}
