package io.maie.edge.modelfile;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.util.Optional;

/** The predictor and the joiner of a ChunkFormer folder. */
record TransducerHead(GraphSummary predictor, GraphSummary joiner, LayoutCheck layout) {

  /**
   * Compares the graphs with each other, the encoder and the token table.
   *
   * @param size numbers per frame of the encoder
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if something does not fit
   */
  void requireFit(int tokens, long size) throws ProcessingException {
    layout.requireSize(
        joiner.outputs().get(0).lastSize(), tokens, "scores of the joiner, one a token");
    layout.requireSize(
        joiner.inputs().get(0).lastSize(), size, "numbers per frame that the joiner takes");
    if (joiner.inputs().size() != 2 || predictor.inputs().size() != predictor.outputs().size()) {
      throw layout.wrong(
          "a joiner of two inputs, and a predictor that returns the states it takes", "others");
    }
    Optional<Long> predicted = predictor.outputs().get(0).lastSize();
    if (predicted.isPresent()) {
      layout.requireSize(
          joiner.inputs().get(1).lastSize(),
          predicted.get(),
          "numbers that the joiner takes of a prediction");
    }
  }
}
