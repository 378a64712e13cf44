package io.maie.edge.asr.whisper;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When the text of a decoded chunk was said, where the model's export tells what it attends to. As
 * openai/whisper's {@code timing.py} the decoder reads the text once more, in one call, without
 * timestamps and what was said before; while it reads a token it attends to the next one. One
 * thread at a time.
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
   * @param text tokens of text
   * @param hidden shape (1, encoder frames, width)
   * @param melFrames frames of the spectrogram that are not filling
   * @return shape (text + 1), the last entry where the text ended; empty if the export does not
   *     tell
   */
  Optional<int[]> steps(Prompt prompt, List<ScoredToken> text, Tensor hidden, int melFrames)
      throws ProcessingException {
    List<AlignmentHead> heads = heads();
    Set<Integer> layers = new TreeSet<>();
    heads.forEach(head -> layers.add(head.layer()));
    if (layers.isEmpty() || !graph.attentionLayers().containsAll(layers)) {
      return Optional.empty();
    }
    long[] ids = read(prompt, text);
    int first = prompt.sequence().size();
    WhisperShape shape = settings.shape();
    int frames = Math.max(1, melFrames * shape.encoderFrames() / shape.melFrames());
    try (Tensor input = Tensor.of(ids, 1, ids.length);
        Outputs outputs = graph.attentions(input, hidden, layers)) {
      TimeWarp warp = warp(outputs, heads, ids.length, frames);
      return Optional.of(warp.entries(first, first + text.size() + 1));
    }
  }

  private long[] read(Prompt prompt, List<ScoredToken> text) {
    List<Integer> ids = new ArrayList<>(prompt.sequence());
    ids.add(settings.tokens().noTimestamps());
    text.forEach(token -> ids.add(token.id()));
    ids.add(settings.tokens().endOfText());
    // a text may be so long that there is no room for its end, whose row is not asked for
    return ids.stream().mapToLong(id -> id).limit(settings.shape().maxTokens()).toArray();
  }

  /** All layers and heads of a large model would not fit the heap: one at a time is there. */
  private TimeWarp warp(Outputs outputs, List<AlignmentHead> heads, int rows, int frames) {
    TimeWarp warp = new TimeWarp(heads.size(), rows, frames);
    float[][] weights = new float[rows][frames];
    FloatBuffer layer = FloatBuffer.allocate(0);
    int read = -1;
    for (AlignmentHead head : heads) {
      if (head.layer() != read) {
        read = head.layer();
        layer = outputs.tensor(DecoderGraph.attentionName(read)).floats();
      }
      for (int row = 0; row < rows; row++) {
        int at = (head.head() * rows + row) * settings.shape().encoderFrames();
        layer.get(at, weights[row], 0, frames);
        toShares(weights[row]);
      }
      warp.add(weights);
    }
    return warp;
  }

  /** What a softmax over these frames alone would have given. */
  private static void toShares(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length && sum > 0; i++) {
      weights[i] = (float) (weights[i] / sum);
    }
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
