package io.maie.edge.asr.hallucination;

import java.util.BitSet;
import java.util.List;

/**
 * Finds segments that say nothing but what many others before them said: loops between segments.
 */
final class Echoes {
  /** As many in a row are no conversation any more. */
  private static final int FEWEST = 8;

  private Echoes() {}

  /**
   * The indices of echoes. The first segment of a row is none: loops begin with something that was
   * said.
   *
   * @param sounds of the segments, in order
   */
  static BitSet in(List<String> sounds) {
    BitSet echoes = new BitSet(sounds.size());
    int start = 0;
    for (int i = 1; i <= sounds.size(); i++) {
      if (i == sounds.size() || !sounds.get(i).equals(sounds.get(start))) {
        if (i - start >= FEWEST) {
          echoes.set(start + 1, i);
        }
        start = i;
      }
    }
    return echoes;
  }
}
