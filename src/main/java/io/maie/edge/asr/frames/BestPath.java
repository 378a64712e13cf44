package io.maie.edge.asr.frames;

import java.util.ArrayList;
import java.util.List;

/**
 * The most probable token of each frame, for posteriors that come in parts. Keeps two numbers a
 * frame. Not thread-safe.
 */
public final class BestPath {
  private final int blank;
  private final List<TokenSpan> spans = new ArrayList<>();
  private int frames;
  private int token;
  private int from;
  private float best = Float.NEGATIVE_INFINITY;

  /**
   * A path without frames.
   *
   * @param blank the token that stands for nothing said
   */
  public BestPath(int blank) {
    this.blank = blank;
    token = blank;
  }

  /** Adds the frames that follow. */
  public void accept(Posteriors posteriors) {
    for (int i = 0; i < posteriors.frames(); i++) {
      int next = posteriors.best(i);
      if (next != token) {
        finishToken();
        token = next;
        from = frames;
        best = Float.NEGATIVE_INFINITY;
      }
      best = Math.max(best, posteriors.at(i, next));
      frames++;
    }
  }

  private void finishToken() {
    if (token != blank) {
      spans.add(new TokenSpan(token, from, frames, Math.min(1, Math.exp(best))));
    }
  }

  /** Equal neighbours as one token, blanks left out. Nothing is added after. */
  public List<TokenSpan> spans() {
    finishToken();
    token = blank;
    return List.copyOf(spans);
  }
}
