package io.maie.edge.text.onnx;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import io.maie.edge.text.onnx.DecoderGraph.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of all tokens read so far, in native memory: what one run writes the next one
 * reads, without a way through the Java heap. Two sets of memory take turns, as no tensor can be
 * read and written at once. They grow as the text does. Used by one thread.
 */
final class KeyValueCache {
  /** Room for this many more tokens is made at once. */
  private static final int GROWTH = 256;

  private final List<Block> blocks;
  private List<TensorMemory> past = List.of();
  private List<TensorMemory> present = List.of();
  private int length;

  KeyValueCache(List<Block> blocks) {
    this.blocks = blocks;
  }

  /** Number of tokens read. */
  int length() {
    return length;
  }

  /** Forgets all tokens, and keeps the memory. */
  void clear() {
    length = 0;
  }

  /**
   * Adds the tensors of a run that reads some tokens more. The caller closes them.
   *
   * @param most the most tokens that there will ever be
   */
  void bind(int more, int most, Map<String, Tensor> inputs, Map<String, Tensor> outputs)
      throws ProcessingException {
    past = reserved(past, 0, most);
    present = reserved(present, length + more, most);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      inputs.put(block.past(), past.get(i).tensor(block.shape(length)));
      outputs.put(block.present(), present.get(i).tensor(block.shape(length + more)));
    }
  }

  /** Makes the written values those that are read next. */
  void advance(int more) {
    List<TensorMemory> written = present;
    present = past;
    past = written;
    length += more;
  }

  private List<TensorMemory> reserved(List<TensorMemory> memory, int positions, int most) {
    boolean isEnough =
        !memory.isEmpty() && memory.get(0).elements() >= blocks.get(0).elements(positions);
    if (isEnough) {
      return memory;
    }
    int room = Math.max(positions, Math.min(most, (positions / GROWTH + 1) * GROWTH));
    List<TensorMemory> larger = new ArrayList<>();
    for (Block block : blocks) {
      larger.add(TensorMemory.allocate(block.type(), block.elements(room)));
    }
    return larger;
  }
}
