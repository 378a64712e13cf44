package io.maie.edge.asr.frames;

import java.util.ArrayList;
import java.util.List;

/**
 * A token of an alignment.
 *
 * @param firstFrame its first frame
 * @param endFrame one past its last frame; blanks do not count
 * @param posterior the highest of its frames, 0 to 1
 */
public record TokenSpan(int token, int firstFrame, int endFrame, double posterior) {

  /**
   * Collapses an alignment: equal neighbours are one token, blanks vanish.
   *
   * @param path the token of each frame
   */
  public static List<TokenSpan> of(int[] path, int blank, Posteriors posteriors) {
    List<TokenSpan> spans = new ArrayList<>();
    int from = 0;
    for (int frame = 1; frame <= path.length; frame++) {
      if (frame == path.length || path[frame] != path[from]) {
        if (path[from] != blank) {
          spans.add(of(path[from], from, frame, posteriors));
        }
        from = frame;
      }
    }
    return spans;
  }

  private static TokenSpan of(int token, int from, int to, Posteriors posteriors) {
    float best = Float.NEGATIVE_INFINITY;
    for (int frame = from; frame < to; frame++) {
      best = Math.max(best, posteriors.at(frame, token));
    }
    return new TokenSpan(token, from, to, Math.min(1, Math.exp(best)));
  }
}
