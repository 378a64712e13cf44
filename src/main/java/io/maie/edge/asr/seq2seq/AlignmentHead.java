package io.maie.edge.asr.seq2seq;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A head of the decoder's cross-attention that follows the speech.
 *
 * @param layer from 0
 * @param head from 0
 */
public record AlignmentHead(int layer, int head) {

  /** All heads of the upper half of the layers, for models whose heads nobody measured. */
  public static List<AlignmentHead> upperHalf(DecoderShape shape) {
    List<AlignmentHead> heads = new ArrayList<>();
    for (int layer = shape.layers() / 2; layer < shape.layers(); layer++) {
      for (int head = 0; head < shape.heads(); head++) {
        heads.add(new AlignmentHead(layer, head));
      }
    }
    return heads;
  }

  /** The layers in which heads are, ascending. */
  public static Set<Integer> layers(List<AlignmentHead> heads) {
    Set<Integer> layers = new TreeSet<>();
    heads.forEach(head -> layers.add(head.layer()));
    return layers;
  }
}
