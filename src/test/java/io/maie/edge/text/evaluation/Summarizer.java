package io.maie.edge.text.evaluation;

import java.util.List;

/**
 * Makes summaries. The evaluation makes one of a class name, by a constructor without arguments.
 */
interface Summarizer {

  /** Heads its rows of the table. */
  String name();

  /**
   * Sums up a transcript.
   *
   * @param language {@code en} or {@code vi}
   * @param sentences how many the summary has at most
   */
  Summary summarize(String language, List<Utterance> utterances, int sentences);
}
