package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

/**
 * Options of recognition with transducers, and with ChunkFormer.
 *
 * @param decoder head that is used where a model has both
 * @param batch windows that an encoder is given at once, 1 to {@value #MAX_BATCH}, where its graph
 *     takes several
 */
public record TransducerOptions(TokenHead decoder, int batch) {
  /** More windows take more memory, and no less time. */
  public static final int MAX_BATCH = 16;

  /** One window at a time: the least memory, and results that depend on no neighbour. */
  public static final TransducerOptions DEFAULTS = new TransducerOptions(TokenHead.AUTO, 1);

  public TransducerOptions {
    requireNonNull(decoder, "decoder is null");
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException(
          "expected a batch of 1 to %d, found %d".formatted(MAX_BATCH, batch));
    }
  }

  /** The same for the least memory. */
  public TransducerOptions sparingMemory() {
    return new TransducerOptions(decoder, 1);
  }
}
