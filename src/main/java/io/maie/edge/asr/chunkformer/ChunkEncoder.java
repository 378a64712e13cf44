package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorShape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of ChunkFormer (K. Le et al., ChunkFormer: Masked Chunking Conformer for Long-Form
 * Speech Transcription, 2025), which takes the chunks of a window as a batch. A long window is
 * heard in steps: what its layers need of the steps before is kept in caches. Used by one thread at
 * a time.
 */
final class ChunkEncoder {
  private static final String ATTENTION = "att_cache";
  private static final String CONVOLUTION = "conv_cache";

  private final OnnxModel model;
  private final int chunk;

  ChunkEncoder(OnnxModel model, int chunk) {
    this.model = requireNonNull(model, "model is null");
    this.chunk = chunk;
  }

  /**
   * Encodes a window at once.
   *
   * @param frames of the stem, at least one
   */
  EncodedFrames encode(EncodedFrames frames) throws ProcessingException {
    try (Steps steps = steps()) {
      return steps.encode(frames, 0);
    }
  }

  /** Steps through a window, from its beginning. */
  Steps steps() {
    return new Steps();
  }

  /** Caches of the earlier steps. Owns native memory, the same at every length. */
  final class Steps implements AutoCloseable {
    private @Nullable Tensor attention;
    private @Nullable Tensor convolution;
    private long settledBefore;

    /**
     * Encodes the frames that follow.
     *
     * @param frames of the stem: those of the step, then those it hears beyond
     * @param settled how many of them the step is for, a multiple of the chunk; 0 = it is the last
     * @return as many frames as were given; those beyond the settled ones are no use
     */
    EncodedFrames encode(EncodedFrames frames, int settled) throws ProcessingException {
      int filled = (frames.count() + chunk - 1) / chunk * chunk;
      float[] padded = Arrays.copyOf(frames.values(), filled * frames.size());
      Map<String, Tensor> inputs = new HashMap<>();
      Tensor attentionBefore = cache(attention, ATTENTION);
      Tensor convolutionBefore = cache(convolution, CONVOLUTION);
      attention = null;
      convolution = null;
      inputs.put(ATTENTION, attentionBefore);
      inputs.put(CONVOLUTION, convolutionBefore);
      inputs.put("frames", Tensor.of(padded, filled, frames.size()));
      inputs.put("length", Tensor.scalar((long) frames.count()));
      inputs.put("offset", Tensor.scalar(settledBefore));
      inputs.put("keep", Tensor.scalar((long) settled));
      try (Outputs outputs = model.run(inputs)) {
        attention = outputs.detach("next_" + ATTENTION);
        convolution = outputs.detach("next_" + CONVOLUTION);
        settledBefore += settled;
        return new EncodedFrames(outputs.floats("encoded"), frames.count(), frames.size());
      } finally {
        inputs.values().forEach(Tensor::close);
      }
    }

    @Override
    public void close() {
      if (attention != null) {
        attention.close();
      }
      if (convolution != null) {
        convolution.close();
      }
    }
  }

  /** The kept cache, or zeros before the first step. */
  private Tensor cache(@Nullable Tensor kept, String input) throws ProcessingException {
    if (kept != null) {
      return kept;
    }
    List<TensorShape> inputs = model.inputs();
    for (TensorShape declared : inputs) {
      if (declared.name().equals(input)) {
        return Tensor.zeros(declared.shape().stream().mapToLong(Long::longValue).toArray());
      }
    }
    throw new IllegalStateException("the layout asks for the input " + input);
  }
}
