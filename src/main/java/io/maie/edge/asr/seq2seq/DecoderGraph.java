package io.maie.edge.asr.seq2seq;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ElementType;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.onnx.TensorMemory;
import io.maie.edge.onnx.TensorShape;
import io.maie.edge.onnx.WorkingMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The decoder's files, under the names that Hugging Face's exporter gives to their inputs and
 * outputs: a call for a whole prompt, and one that continues from the caches. Used by one thread at
 * a time.
 */
public final class DecoderGraph {
  public static final String LOGITS = "logits";
  public static final String PAST_SELF = "past_key_values.%d.decoder.%s";
  public static final String PAST_CROSS = "past_key_values.%d.encoder.%s";
  public static final String PRESENT_SELF = "present.%d.decoder.%s";
  public static final String PRESENT_CROSS = "present.%d.encoder.%s";

  private static final String INPUT_IDS = "input_ids";
  private static final String HIDDEN_STATES = "encoder_hidden_states";
  private static final String USE_CACHE = "use_cache_branch";
  private static final String CROSS_ATTENTIONS = "cross_attentions.";

  private final DecoderShape shape;
  private final boolean merged;
  private final OnnxModel prompting;
  private final OnnxModel continuing;

  /**
   * Files of one decoder, which are opened when they are first used.
   *
   * @param name the name of the model for people; used in messages
   */
  public DecoderGraph(DecoderFiles files, DecoderShape shape, String name, OnnxRuntime runtime) {
    this.shape = shape;
    merged = files.isMerged();
    prompting = runtime.model(name, files.decoder(), files.use());
    continuing = runtime.model(name, files.decoderWithPast().orElse(files.decoder()), files.use());
  }

  /** Sizes of the decoder. */
  public DecoderShape shape() {
    return shape;
  }

  /**
   * The names of the caches of all layers, key before value; made once, as each step needs them.
   *
   * @param pattern takes the layer and {@code key} or {@code value}
   */
  public static List<String> names(String pattern, int layers) {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      names.add(pattern.formatted(layer, "key"));
      names.add(pattern.formatted(layer, "value"));
    }
    return List.copyOf(names);
  }

  /**
   * Reads the files that are not in memory.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} also if one does not take the outputs of
   *     the other
   */
  public void open() throws ProcessingException {
    prompting.device();
    continuing.device();
    String past = PAST_SELF.formatted(0, "key");
    requireSame(prompting.file(), cacheType(), continuing.file(), typeOf(continuing, past));
  }

  /**
   * Checks that hidden states can be read.
   *
   * @param encoder the file that gives them
   * @param given the numbers that it makes them of
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if this takes others
   */
  public void requireTakes(Path encoder, ElementType given) throws ProcessingException {
    requireSame(encoder, given, prompting.file(), typeOf(prompting, HIDDEN_STATES));
  }

  private static void requireSame(Path giver, ElementType given, Path taker, ElementType taken)
      throws ProcessingException {
    if (given != taken) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected graphs that fit each other, found that '%s' gives %s and '%s' takes %s"
              .formatted(giver, given, taker, taken),
          "Copy all graphs of one precision, or ask for one that is complete: asr.whisper.variant");
    }
  }

  /** Element type of the caches. */
  public ElementType cacheType() throws ProcessingException {
    return typeOf(prompting, PRESENT_SELF.formatted(0, "key"));
  }

  /** Element type of the scores. */
  public ElementType logitsType() throws ProcessingException {
    return typeOf(prompting, LOGITS);
  }

  /** Positions of the audio that the graph insists on; empty if it takes any number. */
  public OptionalInt heardFrames() throws ProcessingException {
    String name = PAST_CROSS.formatted(0, "key");
    return continuing.inputs().stream()
        .filter(input -> input.name().equals(name) && input.shape().get(2) > 0)
        .mapToInt(input -> Math.toIntExact(input.shape().get(2)))
        .findFirst();
  }

  /** Layers whose attention to the audio this export returns. */
  public Set<Integer> attentionLayers() throws ProcessingException {
    Set<Integer> layers = new TreeSet<>();
    for (TensorShape output : prompting.outputs()) {
      if (output.name().startsWith(CROSS_ATTENTIONS)) {
        layers.add(Integer.valueOf(output.name().substring(CROSS_ATTENTIONS.length())));
      }
    }
    return layers;
  }

  /**
   * Reads whole prompts.
   *
   * @param tokens shape (rows, length)
   * @param sound of every row
   * @param outputs the outputs to compute, with room for each
   */
  public void prompt(Tensor tokens, HeardSound sound, Map<String, Tensor> outputs)
      throws ProcessingException {
    try (Inputs inputs = new Inputs()) {
      addPrompt(inputs, tokens, sound, 1);
      prompting.runInto(inputs.tensors, outputs);
    }
  }

  /**
   * Computes how much each token attends to each frame of the audio.
   *
   * @param attentions by the layer, shape (1, heads, length, encoder frames), of the {@link
   *     #attentionType}; filled
   */
  public void attentions(Tensor tokens, HeardSound sound, Map<Integer, Tensor> attentions)
      throws ProcessingException {
    // what is known is returned where it is, and so takes no other memory
    Map<String, Tensor> outputs = new HashMap<>(sound.present());
    attentions.forEach((layer, tensor) -> outputs.put(CROSS_ATTENTIONS + layer, tensor));
    try (Inputs inputs = new Inputs()) {
      // nobody reads the scores
      addPrompt(inputs, tokens, sound, tokens.shape().get(1));
      // where keys and values of the audio are computed, too, no step needs as much memory
      prompting.runInto(inputs.tensors, outputs, WorkingMemory.GIVEN_BACK);
    }
  }

  /** Element type of a layer's attention to the audio, which this export returns. */
  public ElementType attentionType(int layer) throws ProcessingException {
    return typeOf(prompting, CROSS_ATTENTIONS + layer);
  }

  /**
   * Reads one more token per row.
   *
   * @param tokens shape (rows, 1)
   * @param past the positions that were read before
   */
  public void next(
      Tensor tokens, Tensor hidden, Map<String, Tensor> past, Map<String, Tensor> outputs)
      throws ProcessingException {
    Map<String, Tensor> inputs = new HashMap<>(past);
    inputs.put(INPUT_IDS, tokens);
    if (takes(continuing, HIDDEN_STATES)) {
      inputs.put(HIDDEN_STATES, hidden);
    }
    try (Tensor useCache = Tensor.flag(true)) {
      if (merged) {
        inputs.put(USE_CACHE, useCache);
      }
      continuing.runInto(inputs, outputs);
    }
  }

  /**
   * Adds the inputs of a graph that reads a prompt.
   *
   * @param scored the first token whose scores are wanted, counted from 1; decoders that were not
   *     rewritten compute all scores anyway
   */
  private void addPrompt(Inputs inputs, Tensor tokens, HeardSound sound, long scored)
      throws ProcessingException {
    inputs.tensors.put(INPUT_IDS, tokens);
    inputs.tensors.put(HIDDEN_STATES, sound.states());
    if (merged) {
      inputs.own(USE_CACHE, Tensor.flag(false));
      long rows = tokens.shape().get(0);
      TensorMemory nothing = TensorMemory.allocate(cacheType(), rows * scored * shape.width());
      for (int layer = 0; layer < shape.layers(); layer++) {
        for (String part : List.of("key", "value")) {
          inputs.own(PAST_SELF.formatted(layer, part), ignored(nothing, rows, scored));
          String heard = PAST_CROSS.formatted(layer, part);
          Tensor known = sound.past().get(heard);
          if (known == null) {
            inputs.own(heard, ignored(nothing, rows, 1));
          } else {
            // decoders that were not rewritten ignore it, too, and compute the same
            inputs.tensors.put(heard, known);
          }
        }
      }
    }
  }

  /** A past that the graph ignores, but for its length, and asks for. */
  private Tensor ignored(TensorMemory memory, long rows, long positions)
      throws ProcessingException {
    return memory.tensor(rows, shape.heads(), positions, shape.headSize());
  }

  private static boolean takes(OnnxModel model, String input) throws ProcessingException {
    return model.inputs().stream().anyMatch(tensor -> tensor.name().equals(input));
  }

  /** Element type of one of a graph's inputs or outputs, which have no names in common. */
  private static ElementType typeOf(OnnxModel graph, String name) throws ProcessingException {
    Optional<TensorShape> found =
        Stream.concat(graph.inputs().stream(), graph.outputs().stream())
            .filter(tensor -> tensor.name().equals(name))
            .findFirst();
    if (found.isEmpty()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected an input or output '%s', found none: '%s'".formatted(name, graph.file()),
          "Use a decoder that was exported with its key-value cache");
    }
    return found.get().type();
  }

  /** Inputs of a run, some of them made for it alone. */
  private static final class Inputs implements AutoCloseable {
    final Map<String, Tensor> tensors = new HashMap<>();
    private final List<Tensor> owned = new ArrayList<>();

    void own(String name, Tensor tensor) {
      owned.add(tensor);
      tensors.put(name, tensor);
    }

    @Override
    public void close() {
      owned.forEach(Tensor::close);
    }
  }
}
