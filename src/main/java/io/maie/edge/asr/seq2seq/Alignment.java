package io.maie.edge.asr.seq2seq;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells when the tokens of a text were said, if the decoder's graph returns its attention. The
 * decoder reads the text once more, in one call; while it reads a token, it attends to the sound of
 * the next one. One thread at a time.
 */
public final class Alignment {
  private final DecoderGraph graph;
  private final List<AlignmentHead> heads;
  private final Weighing weighing;

  /** By the layer, for its attention; kept, as the collector is in no hurry to free it. */
  private final Map<Integer, TensorMemory> memory = new HashMap<>();

  /** Ways to weigh the attention of a head. */
  public enum Weighing {
    /** Standardised over the tokens, with a running median over frames, as in openai/whisper. */
    STANDARDIZED,
    /** Unchanged. */
    RAW
  }

  /**
   * An alignment.
   *
   * @param heads that follow the speech; empty = all of the upper half of the layers
   */
  public Alignment(DecoderGraph graph, List<AlignmentHead> heads, Weighing weighing) {
    this.graph = graph;
    this.heads = heads.isEmpty() ? AlignmentHead.upperHalf(graph.shape()) : List.copyOf(heads);
    this.weighing = weighing;
  }

  /**
   * Returns whether the graph returns the attention of its heads; opens it if it is not in memory.
   */
  public boolean isPossible() throws ProcessingException {
    return !heads.isEmpty() && graph.attentionLayers().containsAll(layers());
  }

  /**
   * The position of the encoder's output at which each row of a stretch began.
   *
   * @param ids all that the decoder reads; a row for each, in which the next token is predicted
   * @param rows the stretch
   * @param sound of the text
   * @param frames encoder frames that are not filling
   * @return shape (rows), ascending; empty if the graph does not tell
   */
  public Optional<int[]> entries(long[] ids, RowRange rows, HeardSound sound, int frames)
      throws ProcessingException {
    if (!isPossible()) {
      return Optional.empty();
    }
    int all = Math.toIntExact(sound.states().shape().get(1));
    Map<Integer, Tensor> attentions = new HashMap<>();
    try (Tensor input = Tensor.of(ids, 1, ids.length)) {
      for (int layer : layers()) {
        attentions.put(layer, reserved(layer, ids.length, all));
      }
      graph.attentions(input, sound, attentions);
      TimeWarp warp = new TimeWarp(heads.size(), ids.length, frames);
      addHeads(warp, attentions, all, new float[ids.length][frames]);
      return Optional.of(warp.entries(rows.first(), rows.first() + rows.count()));
    } finally {
      attentions.values().forEach(Tensor::close);
      memory.values().forEach(TensorMemory::discard);
    }
  }

  /** A tensor for the attention of a layer, shape (1, heads, length, encoder frames). */
  private Tensor reserved(int layer, int length, int encoderFrames) throws ProcessingException {
    int layerHeads = graph.shape().heads();
    long needed = (long) layerHeads * length * encoderFrames;
    TensorMemory known = memory.get(layer);
    if (known == null || known.elements() < needed) {
      known = TensorMemory.allocate(graph.attentionType(layer), needed);
      memory.put(layer, known);
    }
    return known.tensor(1, layerHeads, length, encoderFrames);
  }

  private Set<Integer> layers() {
    return AlignmentHead.layers(heads);
  }

  /** All layers and heads of a large model would not fit the heap: one at a time is there. */
  private void addHeads(
      TimeWarp warp, Map<Integer, Tensor> attentions, int encoderFrames, float[][] weights) {
    FloatBuffer layer = FloatBuffer.allocate(0);
    int read = -1;
    for (AlignmentHead head : heads) {
      if (head.layer() != read) {
        read = head.layer();
        layer = requireNonNull(attentions.get(read), "layer was not asked for").floats();
      }
      for (int row = 0; row < weights.length; row++) {
        int at = (head.head() * weights.length + row) * encoderFrames;
        layer.get(at, weights[row], 0, weights[row].length);
      }
      if (weighing == Weighing.RAW) {
        warp.addRaw(weights);
      } else {
        toShares(weights);
        warp.add(weights);
      }
    }
  }

  /** Turns scores into the shares that a softmax over these frames alone would give. */
  private static void toShares(float[][] rows) {
    for (float[] weights : rows) {
      double sum = 0;
      for (float weight : weights) {
        sum += weight;
      }
      for (int i = 0; i < weights.length && sum > 0; i++) {
        weights[i] = (float) (weights[i] / sum);
      }
    }
  }
}
