package io.maie.edge.asr.transducer;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.TensorShape;
import java.util.List;

/** Joins predictions one by one, for graphs whose batch is one. */
final class EachByItself {
  private EachByItself() {}

  /** Scores of one frame after several predictions, shape (predictions, outputs). */
  static <P> float[] join(
      TransducerNetwork<P> network, EncodedFrames frames, int frame, List<P> predictions)
      throws ProcessingException {
    float[] all = {};
    for (int i = 0; i < predictions.size(); i++) {
      float[] scores = network.join(frames, frame, 1, predictions.get(i));
      if (i == 0) {
        all = new float[predictions.size() * scores.length];
      }
      System.arraycopy(scores, 0, all, i * scores.length, scores.length);
    }
    return all;
  }

  /** The frames per call of a graph whose first input has shape (1, size, frames). */
  static int framesAtOnce(OnnxModel model) throws ProcessingException {
    TensorShape encoded = model.inputs().get(0);
    long frames = encoded.shape().size() == 3 ? encoded.shape().get(2) : 1;
    return frames < 1 ? Integer.MAX_VALUE : Math.toIntExact(frames);
  }
}
