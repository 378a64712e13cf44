package io.maie.edge.asr.whisper;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When the tokens of a decoded chunk were said, where the model's export tells what it attends to:
 * the decoder reads prompt and tokens once more, in one call. One thread at a time.
 */
final class Alignment {
  private final DecoderGraph graph;
  private final WhisperSettings settings;

  Alignment(DecoderGraph graph, WhisperSettings settings) {
    this.graph = graph;
    this.settings = settings;
  }

  /**
   * The position of the encoder's output at which each token began.
   *
   * @param tokens at least one
   * @param hidden shape (1, encoder frames, width)
   * @param melFrames frames of the spectrogram that are not filling
   * @return shape (tokens + 1), the last entry where the text ended; empty if the export does not
   *     tell
   */
  Optional<int[]> steps(Prompt prompt, List<ScoredToken> tokens, Tensor hidden, int melFrames)
      throws ProcessingException {
    List<AlignmentHead> heads = heads();
    Set<Integer> layers = new TreeSet<>();
    heads.forEach(head -> layers.add(head.layer()));
    if (layers.isEmpty() || !graph.attentionLayers().containsAll(layers)) {
      return Optional.empty();
    }
    int before = prompt.tokens().size();
    long[] ids = new long[before + tokens.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i < before ? prompt.tokens().get(i) : tokens.get(i - before).id();
    }
    WhisperShape shape = settings.shape();
    int frames = Math.max(1, melFrames * shape.encoderFrames() / shape.melFrames());
    try (Tensor input = Tensor.of(ids, 1, ids.length);
        Outputs outputs = graph.attentions(input, hidden, layers)) {
      int[] entries = TimeWarp.entries(weights(outputs, heads, ids.length, before, frames));
      // as in transformers, what follows the last token begins with it
      int[] steps = Arrays.copyOf(entries, entries.length + 1);
      steps[entries.length] = entries[entries.length - 1];
      return Optional.of(steps);
    }
  }

  /** Of the rows behind the prompt, shape (heads, rows, frames). */
  private float[][][] weights(
      Outputs outputs, List<AlignmentHead> heads, int rows, int before, int frames) {
    List<float[][]> all = new ArrayList<>();
    for (AlignmentHead head : heads) {
      FloatBuffer layer = outputs.tensor(DecoderGraph.attentionName(head.layer())).floats();
      float[][] weights = new float[rows - before][frames];
      for (int row = before; row < rows; row++) {
        int at = (head.head() * rows + row) * settings.shape().encoderFrames();
        layer.get(at, weights[row - before], 0, frames);
      }
      all.add(weights);
    }
    return all.toArray(new float[0][][]);
  }

  /** Those the model names, else all of the upper half of the layers, as openai/whisper does. */
  private List<AlignmentHead> heads() {
    if (!settings.alignmentHeads().isEmpty()) {
      return settings.alignmentHeads();
    }
    List<AlignmentHead> heads = new ArrayList<>();
    WhisperShape shape = settings.shape();
    for (int layer = shape.decoderLayers() / 2; layer < shape.decoderLayers(); layer++) {
      for (int head = 0; head < shape.decoderHeads(); head++) {
        heads.add(new AlignmentHead(layer, head));
      }
    }
    return heads;
  }
}
