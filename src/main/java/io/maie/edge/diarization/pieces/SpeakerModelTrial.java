package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.onnx.OnnxRuntime;
import java.util.Arrays;
import java.util.Random;

/** Tries one of the two models of a {@link PieceDiarizer} on noise, without the other. */
final class SpeakerModelTrial {
  private static final double LEVEL = 0.1;

  /** The length of the longest piece. */
  private static final int VOICE_SAMPLES = 2 * Waveform.SAMPLE_RATE;

  private SpeakerModelTrial() {}

  /**
   * Runs {@code model} once.
   *
   * @param model a segmentation or an embedding model
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if its manifest cannot be obeyed, or the
   *     graph takes or returns something else than such a model; {@code PROCESSING_ERROR} if the
   *     graph does not run
   */
  static void run(ModelFolder model, OnnxRuntime runtime) throws ProcessingException {
    if (model.manifest().task() == ModelTask.SPEAKER_SEGMENTATION) {
      SegmentationModel segmentation = new SegmentationFolder(model).model(runtime);
      segmentation.requireInput();
      var unused = segmentation.segment(new float[][] {noise(LocalActivity.WINDOW)});
    } else {
      EmbeddingModel embedding = new EmbeddingFolder(model).model(runtime);
      embedding.requireInput();
      requireNumbers(embedding.embed(noise(VOICE_SAMPLES)));
    }
  }

  private static void requireNumbers(float[] voice) throws ProcessingException {
    for (float value : voice) {
      if (!Float.isFinite(value)) {
        throw new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Expected a vector of numbers, found " + Arrays.toString(Arrays.copyOf(voice, 3)),
            "Use a model such as CAM++ that takes 80 filter bank energies per frame");
      }
    }
  }

  private static float[] noise(int count) {
    Random random = new Random(1);
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (float) (LEVEL * random.nextGaussian());
    }
    return samples;
  }
}
