package io.maie.edge.text.evaluation;

/**
 * How much a summariser says of a text, and a baseline may say.
 *
 * @param words of the whole output
 * @param summaryWords of the sentences of its summary
 */
record Length(int words, int summaryWords) {

  static Length of(Summary summary) {
    return new Length(summary.words(), Words.of(String.join(" ", summary.sentences())).size());
  }
}
