package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.util.List;

/**
 * A network whose joiner takes rows, so that it joins any number of frames or predictions in one
 * call. Owns the joiner.
 *
 * @param <P> the predictor's state after the tokens so far
 */
public abstract class RowNetwork<P extends RowNetwork.Predicted> implements TransducerNetwork<P> {
  private final RowJoiner joiner;

  protected RowNetwork(RowJoiner joiner) {
    this.joiner = requireNonNull(joiner, "joiner is null");
  }

  /** A state that the joiner takes as numbers. */
  public interface Predicted {
    /** Numbers that the predictor returned, shape (size). */
    float[] values();
  }

  @Override
  public final float[] join(FrameRange frames, P prediction) throws ProcessingException {
    return joiner.join(frames, prediction.values());
  }

  @Override
  public final float[] join(EncodedFrames frames, int frame, List<P> predictions)
      throws ProcessingException {
    return joiner.join(frames, frame, predictions.stream().map(Predicted::values).toList());
  }

  @Override
  public final int framesAtOnce() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void close() {
    joiner.close();
  }
}
