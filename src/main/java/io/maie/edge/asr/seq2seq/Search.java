package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import java.util.List;

/** A search for the text of one chunk. Begins with one open, empty hypothesis. */
public interface Search {

  /** The hypotheses to continue, in order; empty when the search has come to an end. */
  List<Hypothesis> open();

  /** For each open hypothesis the index, among those open before, of the one it continues. */
  int[] origins();

  /** Looks one token further. */
  void advance(NextTokenLogits scores) throws ProcessingException;

  /** The best hypothesis when the search has come to an end. */
  Hypothesis best();

  /** Number of tokens that were looked at until now: the calls of {@link #advance}. */
  int steps();

  /** Mean logarithm of the probabilities of the best hypothesis, by which it is judged. */
  double averageLogProbability();
}
