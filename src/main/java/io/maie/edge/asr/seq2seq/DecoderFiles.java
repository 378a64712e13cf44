package io.maie.edge.asr.seq2seq;

import io.maie.edge.onnx.ModelUse;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The graphs of a decoder.
 *
 * @param decoder takes a whole prompt; if merged, continues from caches as well
 * @param decoderWithPast continues from caches; absent if the decoder is merged
 * @param use the way in which they are run
 */
public record DecoderFiles(Path decoder, Optional<Path> decoderWithPast, ModelUse use) {

  /** Returns whether one graph does both and has the input {@code use_cache_branch}. */
  public boolean isMerged() {
    return decoderWithPast.isEmpty();
  }
}
