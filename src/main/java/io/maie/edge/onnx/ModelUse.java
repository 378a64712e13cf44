package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import java.util.Set;

/**
 * Use of a model, as far as running it depends on that.
 *
 * @param runFailure the code of a run that fails for another reason than memory
 * @param maxThreads upper limit of threads, 1 or more; small models are slower with many
 * @param spinning whether threads keep their cores between the operators of a run, which makes
 *     models of many small operators faster; when a run ends they sleep in any case
 * @param crossAttentions whether a decoder returns how much it attends to the audio, see {@link
 *     #withCrossAttentions}
 * @param attentionLayers the layers, counted from 0, whose attentions it returns; empty = all
 * @param fastSteps whether a decoder's steps are made fast, see {@link #withFastSteps}
 */
public record ModelUse(
    FailureCode runFailure,
    int maxThreads,
    boolean spinning,
    boolean crossAttentions,
    Set<Integer> attentionLayers,
    boolean fastSteps) {

  /** Speech recognition, on all threads that the options grant, for minutes at a time. */
  public static final ModelUse RECOGNITION =
      new ModelUse(FailureCode.ASR_PROCESSING_ERROR, Integer.MAX_VALUE, true);

  /** A use whose threads sleep whenever they wait. */
  public ModelUse(FailureCode runFailure, int maxThreads) {
    this(runFailure, maxThreads, false);
  }

  /** A use of a model that returns what its file says. */
  public ModelUse(FailureCode runFailure, int maxThreads, boolean spinning) {
    this(runFailure, maxThreads, spinning, false, Set.of(), false);
  }

  public ModelUse {
    requireNonNull(runFailure, "runFailure is null");
    attentionLayers = Set.copyOf(attentionLayers);
    if (maxThreads < 1) {
      throw new IllegalArgumentException("expected 1 or more threads, found " + maxThreads);
    }
  }

  /**
   * The same use of a decoder that also returns its attentions to the audio: outputs {@code
   * cross_attentions.N} for the layers N from 0, shape (batch, heads, length, frames), each row the
   * probabilities over the frames of the audio, 32- or 16-bit floats as the graph computes them.
   * Where the file does not return them, the graph is rewritten when it is opened. A run that does
   * not ask for them computes nothing more.
   *
   * <p>The decoder has to take {@code past_key_values.N.encoder.value} or return {@code
   * present.N.encoder.value}. {@link OnnxModel#outputs} tells the layers that were found: none, if
   * the attentions have another form, if the file cannot be rewritten, or on a graphics processor,
   * where files are opened as they are.
   */
  public ModelUse withCrossAttentions() {
    return withCrossAttentions(Set.of());
  }

  /**
   * The same for some layers, which takes less memory where one graph reads prompts and continues:
   * such a graph holds whatever it might return.
   *
   * @param layers counted from 0; empty = all
   */
  public ModelUse withCrossAttentions(Set<Integer> layers) {
    return new ModelUse(runFailure, maxThreads, spinning, true, layers, fastSteps);
  }

  /**
   * The same use of a decoder that is run for one token after another. Its 8-bit weights, if they
   * have one scale for all, are multiplied block by block, where the processor has the instructions
   * for that, and the keys of the audio are not turned at every token. The weights stay what they
   * are, and what is multiplied with them is rounded less, so that scores come nearer to those of
   * 32-bit arithmetic; they are not the same to the bit.
   *
   * <p>Which way is taken depends on the processor alone: a machine computes the same at every
   * start.
   */
  public ModelUse withFastSteps() {
    return new ModelUse(runFailure, maxThreads, spinning, crossAttentions, attentionLayers, true);
  }
}
