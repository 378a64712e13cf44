package io.maie.edge.asr.transducer;

import java.util.ArrayList;
import java.util.List;

/** The best of the extensions that are offered, in order of score; the first of equals first. */
final class BestExtensions {
  private final int most;
  private final List<Extension> best = new ArrayList<>();

  BestExtensions(int most) {
    this.most = most;
  }

  /**
   * A hypothesis, by its row, and the token that may be said next.
   *
   * @param skip frames to advance by according to the model; 0 if it does not tell
   */
  record Extension(int row, int token, int skip, double score) {}

  void offer(int row, int token, int skip, double score) {
    if (best.size() == most && score <= best.get(most - 1).score()) {
      return;
    }
    int at = best.size();
    while (at > 0 && best.get(at - 1).score() < score) {
      at--;
    }
    best.add(at, new Extension(row, token, skip, score));
    if (best.size() > most) {
      best.remove(most);
    }
  }

  List<Extension> all() {
    return best;
  }
}
