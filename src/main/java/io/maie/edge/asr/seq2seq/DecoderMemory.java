package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;

/** The native memory of a {@link DecoderRun}. Not thread-safe. */
final class DecoderMemory {
  final AttentionCache cross;
  AttentionCache past;
  AttentionCache present;
  private final int vocabularySize;
  private final ElementType logitsType;
  private TensorMemory logits;

  DecoderMemory(DecoderShape shape, ElementType cacheType, ElementType logitsType) {
    cross = new AttentionCache(shape, cacheType);
    past = new AttentionCache(shape, cacheType);
    present = new AttentionCache(shape, cacheType);
    vocabularySize = shape.vocabularySize();
    this.logitsType = logitsType;
    logits = TensorMemory.allocate(logitsType, vocabularySize);
  }

  void swap() {
    AttentionCache old = past;
    past = present;
    present = old;
  }

  void reserveLogits(int rows, int positions) {
    long needed = (long) rows * positions * vocabularySize;
    if (logits.elements() < needed) {
      logits = TensorMemory.allocate(logitsType, needed);
    }
  }

  Tensor logits(RowRange rows, int positions) throws ProcessingException {
    long offset = (long) rows.first() * positions * vocabularySize;
    return logits.tensorAt(offset, rows.count(), positions, vocabularySize);
  }

  void readLogits(long offset, float[] target) {
    logits.read(offset, target);
  }
}
