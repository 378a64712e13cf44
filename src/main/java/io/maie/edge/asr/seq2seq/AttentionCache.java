package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of one attention of all decoder layers, in native memory: two blocks per layer,
 * of shape (rows, heads, positions, head size), packed from the beginning. Grows as needed and is
 * reused for the next window. Views are kept, since each step reads the output of the last one. Not
 * thread-safe.
 */
final class AttentionCache implements AutoCloseable {
  private final DecoderShape shape;
  private final ElementType type;
  private final List<TensorMemory> blocks = new ArrayList<>();

  /** One per block, for each range of rows that was looked at. */
  private final Map<RowRange, List<Tensor>> views = new HashMap<>();

  /** Positions of all views. */
  private int viewedPositions;

  AttentionCache(DecoderShape shape, ElementType type) {
    this.shape = shape;
    this.type = type;
  }

  /**
   * Makes room.
   *
   * @param usedRows rows that keep their content, with {@code usedPositions} each
   */
  void reserve(int rows, int positions, int usedRows, int usedPositions) {
    long needed = (long) rows * rowElements(positions);
    if (!blocks.isEmpty() && blocks.get(0).elements() >= needed) {
      return;
    }
    close();
    List<TensorMemory> old = List.copyOf(blocks);
    blocks.clear();
    for (int i = 0; i < 2 * shape.layers(); i++) {
      TensorMemory block = TensorMemory.allocate(type, needed);
      if (usedRows > 0) {
        old.get(i).copy(0, block, 0, usedRows * rowElements(usedPositions));
      }
      blocks.add(block);
    }
  }

  /**
   * Adds a view on some rows of every block under the name that exported decoders give it. It
   * belongs to this cache, and is valid until the next one of other positions, or of more than
   * there is room for.
   *
   * @param names as {@link DecoderGraph#names} gives them
   */
  void view(List<String> names, RowRange rows, int positions, Map<String, Tensor> tensors)
      throws ProcessingException {
    List<Tensor> ofRows = views(rows, positions);
    for (int i = 0; i < blocks.size(); i++) {
      tensors.put(names.get(i), ofRows.get(i));
    }
  }

  private List<Tensor> views(RowRange rows, int positions) throws ProcessingException {
    if (positions != viewedPositions) {
      close();
      viewedPositions = positions;
    }
    List<Tensor> known = views.get(rows);
    if (known == null) {
      known = new ArrayList<>();
      views.put(rows, known);
      long offset = rows.first() * rowElements(positions);
      for (TensorMemory block : blocks) {
        known.add(block.tensorAt(offset, rows.count(), shape.heads(), positions, shape.headSize()));
      }
    }
    return known;
  }

  /** Copies one row of {@code positions} into {@code target}, which may be this. */
  void copyRow(int from, AttentionCache target, int to, int positions) {
    long size = rowElements(positions);
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).copy(from * size, target.blocks.get(i), to * size, size);
    }
  }

  /** Exchanges two rows of {@code positions}. */
  void exchangeRows(int one, int other, int positions) {
    long size = rowElements(positions);
    blocks.forEach(block -> block.exchange(one * size, other * size, size));
  }

  /**
   * Copies the last of {@code positions} over those of another row.
   *
   * @param first of them
   */
  void copyWithin(int from, int to, int first, int positions) {
    long size = rowElements(positions);
    long ofHead = (long) positions * shape.headSize();
    long skipped = (long) first * shape.headSize();
    for (TensorMemory block : blocks) {
      for (int head = 0; head < shape.heads(); head++) {
        long offset = head * ofHead + skipped;
        block.copy(from * size + offset, block, to * size + offset, ofHead - skipped);
      }
    }
  }

  /** Gives the memory back until it is written to again; what was cached is lost. */
  void discard() {
    close();
    blocks.forEach(TensorMemory::discard);
  }

  private long rowElements(int positions) {
    return (long) shape.width() * positions;
  }

  /** Closes the views; the cache can be used on. */
  @Override
  public void close() {
    views.values().forEach(ofRows -> ofRows.forEach(Tensor::close));
    views.clear();
  }
}
