package io.maie.edge.asr.transducer;

import io.maie.edge.failure.ProcessingException;
import java.util.List;

/**
 * The predictor and the joiner of a transducer (A. Graves, Sequence Transduction with Recurrent
 * Neural Networks, 2012). Used by one thread at a time.
 *
 * @param <P> the predictor's state after the tokens so far
 */
public interface TransducerNetwork<P> extends AutoCloseable {

  /** The prediction before anything was said. */
  P start() throws ProcessingException;

  /**
   * The prediction when {@code token} is said next.
   *
   * @param before was joined with a frame
   */
  P after(P before, int token) throws ProcessingException;

  /**
   * Scores of several frames after the same prediction.
   *
   * @param frames 1 to {@link #framesAtOnce}
   * @return shape (count, outputs): logits or log-probabilities of the tokens, and behind them
   *     those of durations, if the model has some
   */
  float[] join(FrameRange frames, P prediction) throws ProcessingException;

  /**
   * Scores of one frame after several predictions; one by one, unless the graph takes a batch.
   *
   * @return shape (predictions, outputs)
   */
  default float[] join(EncodedFrames frames, int frame, List<P> predictions)
      throws ProcessingException {
    float[] all = {};
    for (int i = 0; i < predictions.size(); i++) {
      float[] scores = join(new FrameRange(frames, frame, 1), predictions.get(i));
      if (i == 0) {
        all = new float[predictions.size() * scores.length];
      }
      System.arraycopy(scores, 0, all, i * scores.length, scores.length);
    }
    return all;
  }

  /** The number of frames that one call takes, 1 or more. */
  int framesAtOnce() throws ProcessingException;

  /** Gives back what runs were kept in; models stay open. */
  @Override
  void close();
}
