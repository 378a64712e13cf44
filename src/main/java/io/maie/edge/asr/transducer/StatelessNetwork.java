package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A predictor that sees the last tokens only, and its joiner, as icefall exports them (M. Ghodsi et
 * al., RNN-Transducer with Stateless Prediction Network, 2020). What was predicted after some
 * tokens is kept, since the same ones come again.
 */
final class StatelessNetwork extends RowNetwork<StatelessNetwork.Prediction> {
  /** Predictions kept: about 8 MB of a large model. */
  private static final int KEPT = 4096;

  /** Stands for a token before the first one, in icefall's training. */
  private static final long NOTHING = -1;

  private final OnnxModel predictor;
  private final int contextSize;
  private final int blank;
  private final Map<List<Long>, Prediction> known = new HashMap<>();

  /**
   * A network.
   *
   * @param contextSize tokens that the predictor sees, 1 or more
   */
  StatelessNetwork(OnnxModel predictor, RowJoiner joiner, int contextSize, int blank) {
    super(joiner);
    this.predictor = requireNonNull(predictor, "predictor is null");
    this.contextSize = contextSize;
    this.blank = blank;
  }

  /**
   * A prediction.
   *
   * @param context the tokens it was made of
   * @param values shape (joiner's size)
   */
  @SuppressWarnings("ArrayRecordComponent") // looked up by its context, never compared
  record Prediction(List<Long> context, float[] values) implements Predicted {}

  @Override
  public Prediction start() throws ProcessingException {
    Long[] context = new Long[contextSize];
    Arrays.fill(context, NOTHING);
    context[contextSize - 1] = (long) blank;
    return predict(List.of(context));
  }

  @Override
  public Prediction after(Prediction before, int token) throws ProcessingException {
    Long[] context = before.context.toArray(new Long[0]);
    System.arraycopy(context, 1, context, 0, contextSize - 1);
    context[contextSize - 1] = (long) token;
    return predict(List.of(context));
  }

  private Prediction predict(List<Long> context) throws ProcessingException {
    @Nullable Prediction same = known.get(context);
    if (same != null) {
      return same;
    }
    String output = predictor.outputs().get(0).name();
    long[] tokens = context.stream().mapToLong(Long::longValue).toArray();
    try (Tensor input = Tensor.of(tokens, 1, contextSize);
        Outputs outputs = predictor.run(Map.of(predictor.inputs().get(0).name(), input))) {
      Prediction prediction = new Prediction(context, outputs.floats(output));
      if (known.size() == KEPT) {
        known.clear();
      }
      known.put(context, prediction);
      return prediction;
    }
  }
}
