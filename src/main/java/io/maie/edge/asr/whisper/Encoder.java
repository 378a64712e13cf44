package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import io.maie.edge.onnx.TensorShape;
import io.maie.edge.onnx.WorkingMemory;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of audio to hidden states. Chunks are encoded one after the other, as one alone keeps all
 * cores busy and more would only need more memory. Used by one thread at a time.
 */
final class Encoder {
  private static final String FEATURES = "input_features";
  private static final String HIDDEN_STATE = "last_hidden_state";

  private final WhisperShape shape;
  private final OnnxModel model;
  private final WhisperFrontEnd frontEnd;

  /** Shape (mel bands, mel frames); kept, as the collector is in no hurry to free native memory. */
  private final TensorMemory features;

  private @Nullable TensorMemory states;

  Encoder(WhisperSettings settings, String name, OnnxRuntime runtime, ParallelRange parallel) {
    shape = settings.shape();
    model = runtime.model(name, settings.encoder());
    frontEnd = new WhisperFrontEnd(shape, parallel);
    features =
        TensorMemory.allocate(ElementType.FLOAT32, (long) shape.melBands() * shape.melFrames());
  }

  /**
   * Hears every chunk.
   *
   * @param chunks samples, at most {@link WhisperShape#chunkSamples()} each
   * @param cancellation asked before each of them
   * @return valid until the next call
   */
  EncodedChunks encode(List<float[]> chunks, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    TensorMemory target = reserve(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      cancellation.throwIfStopped();
      boolean isLast = i + 1 == chunks.size();
      WorkingMemory memory = isLast ? WorkingMemory.GIVEN_BACK : WorkingMemory.KEPT;
      encode(chunks.get(i), memory, target, i);
    }
    return new EncodedChunks(target, chunks.size(), shape.encoderFrames(), shape.width());
  }

  /**
   * Hears another sound in place of a chunk of the last call.
   *
   * @param row index of the chunk
   */
  void encodeAgain(float[] chunk, int row) throws ProcessingException {
    encode(chunk, WorkingMemory.GIVEN_BACK, reserve(row + 1), row);
  }

  private void encode(float[] chunk, WorkingMemory memory, TensorMemory target, int row)
      throws ProcessingException {
    long[] inputShape = {1, shape.melBands(), shape.melFrames()};
    long size = (long) shape.encoderFrames() * shape.width();
    try (Tensor mel = features.tensor(inputShape);
        Tensor state = target.tensorAt(row * size, 1, shape.encoderFrames(), shape.width())) {
      frontEnd.compute(chunk, chunk.length, mel.floats());
      if (typeOf(model.inputs(), FEATURES) == ElementType.FLOAT16) {
        try (Tensor half = mel.toHalf()) {
          model.runInto(Map.of(FEATURES, half), Map.of(HIDDEN_STATE, state), memory);
        }
      } else {
        model.runInto(Map.of(FEATURES, mel), Map.of(HIDDEN_STATE, state), memory);
      }
    }
  }

  /** Element type of the hidden states; opens the graph if it is not in memory. */
  ElementType stateType() throws ProcessingException {
    return typeOf(model.outputs(), HIDDEN_STATE);
  }

  private TensorMemory reserve(int chunks) throws ProcessingException {
    long needed = (long) chunks * shape.encoderFrames() * shape.width();
    TensorMemory known = states;
    if (known == null || known.elements() < needed) {
      known = TensorMemory.allocate(stateType(), needed);
      states = known;
    }
    return known;
  }

  private static ElementType typeOf(List<TensorShape> tensors, String name) {
    Optional<TensorShape> found =
        tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    return found.map(TensorShape::type).orElse(ElementType.FLOAT32);
  }
}
