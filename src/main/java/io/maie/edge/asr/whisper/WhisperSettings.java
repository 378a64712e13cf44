package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.AlignmentHead;
import io.maie.edge.asr.seq2seq.DecoderFiles;
import io.maie.edge.asr.seq2seq.DecoderShape;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.ModelUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Description of the model in a Whisper folder.
 *
 * @param decoder takes a whole prompt; if {@code merged}, continues from caches as well
 * @param decoderWithPast continues from caches; absent if the decoder is merged
 * @param merged whether {@code decoder} has the input {@code use_cache_branch}
 * @param computeType {@code fp32}, {@code fp16}, {@code int8} and the like
 * @param checkpointHash {@code sha256:} and the checksum of the decoder
 * @param alignmentHeads heads for word times; empty = the upper half of the layers, all heads
 */
record WhisperSettings(
    Path encoder,
    Path decoder,
    Optional<Path> decoderWithPast,
    boolean merged,
    Path tokenizer,
    String computeType,
    String checkpointHash,
    WhisperShape shape,
    WhisperTokens tokens,
    List<AlignmentHead> alignmentHeads) {

  WhisperSettings {
    requireNonNull(encoder, "encoder is null");
    requireNonNull(decoder, "decoder is null");
    requireNonNull(decoderWithPast, "decoderWithPast is null");
    requireNonNull(tokenizer, "tokenizer is null");
    requireNonNull(computeType, "computeType is null");
    requireNonNull(checkpointHash, "checkpointHash is null");
    requireNonNull(shape, "shape is null");
    requireNonNull(tokens, "tokens is null");
    alignmentHeads = List.copyOf(alignmentHeads);
  }

  DecoderFiles decoderFiles() {
    List<AlignmentHead> heads =
        alignmentHeads.isEmpty() ? AlignmentHead.upperHalf(decoderShape()) : alignmentHeads;
    ModelUse use = ModelUse.RECOGNITION.withCrossAttentions(AlignmentHead.layers(heads));
    return new DecoderFiles(decoder, decoderWithPast, use);
  }

  DecoderShape decoderShape() {
    return new DecoderShape(
        shape.decoderLayers(),
        shape.decoderHeads(),
        shape.headSize(),
        tokens.vocabularySize(),
        shape.maxTokens());
  }

  /**
   * Reads the files in {@code folder}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if they contradict each other or describe
   *     a kind of model that is not known
   */
  static WhisperSettings read(ModelFolder folder) throws ProcessingException, IOException {
    return WhisperFiles.read(folder);
  }
}
