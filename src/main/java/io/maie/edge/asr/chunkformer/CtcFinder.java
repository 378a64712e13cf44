package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.frames.BestPath;
import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.frames.Posteriors;
import io.maie.edge.asr.frames.TokenSpan;
import io.maie.edge.asr.frames.TokenUnit;
import io.maie.edge.asr.frames.WordAssembler;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.List;
import java.util.Map;

/** The most probable token of each frame, by the CTC head. */
final class CtcFinder implements TokenFinder {
  private final OnnxModel head;
  private final ChunkformerSettings settings;
  private final BestPath path;

  CtcFinder(OnnxModel head, ChunkformerSettings settings) {
    this.head = requireNonNull(head, "head is null");
    this.settings = requireNonNull(settings, "settings is null");
    path = new BestPath(settings.blank());
  }

  @Override
  public void accept(EncodedFrames frames) throws ProcessingException {
    String output = head.outputs().get(0).name();
    int tokens = settings.tokens().size();
    TensorShape declared = head.inputs().get(0);
    long[] rows =
        declared.shape().size() == 2
            ? new long[] {frames.count(), frames.size()}
            : new long[] {1, frames.count(), frames.size()};
    try (Tensor input = Tensor.of(frames.rows(0, frames.count()), rows);
        Outputs outputs = head.run(Map.of(declared.name(), input))) {
      List<Long> shape = outputs.shape(output);
      if (shape.get(shape.size() - 1) != tokens) {
        throw new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Expected scores of %d tokens as the token table has them, found %s: '%s'"
                .formatted(tokens, shape, head.file()),
            "Copy the model's files again: its token table belongs to another model");
      }
      path.accept(Posteriors.ofLogProbabilities(outputs.floats(output), frames.count(), tokens));
    }
  }

  /** The tokens in what was heard so far. */
  List<TokenSpan> spans() {
    return path.spans();
  }

  @Override
  public List<DecodedWord> words() {
    return new WordAssembler(settings.tokens(), TokenUnit.BPE).assemble(spans());
  }

  @Override
  public void close() {
    // keeps nothing between runs
  }
}
