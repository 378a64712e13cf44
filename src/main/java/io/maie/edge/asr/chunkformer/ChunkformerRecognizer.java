package io.maie.edge.asr.chunkformer;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.frames.FrameRecognition;
import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;

/**
 * Recognises speech with ChunkFormer: windows in one call, longer speech in steps. The same audio,
 * regions, options and model give the same transcript. Used by one thread at a time.
 */
public final class ChunkformerRecognizer implements SpeechRecognizer {
  /** The word in manifests and parameters. */
  public static final String FAMILY = "chunkformer";

  /** A frame of the encoder: 80 ms. */
  private static final int FRAME_SAMPLES = Waveform.SAMPLE_RATE * 8 / 100;

  private final ChunkformerEngine engine;
  private final FrameRecognition recognition;

  private ChunkformerRecognizer(
      ModelFolder folder,
      ChunkformerSettings settings,
      OnnxRuntime runtime,
      TransducerOptions options) {
    engine = new ChunkformerEngine(settings, options, folder.name(), runtime);
    recognition =
        new FrameRecognition(
            folder.identity(settings.checkpointHash(), settings.computeType(), settings.asParams()),
            folder.manifest(),
            FRAME_SAMPLES,
            new WindowRules(
                settings.maxWindowSamples(),
                WindowRules.USUAL_PAUSE_SAMPLES,
                settings.maxUncutSamples()),
            settings.head() == TokenHead.TRANSDUCER);
  }

  /** A {@link RecognizerFamily}: reads the description; the first use opens the model. */
  public static ChunkformerRecognizer open(
      ModelFolder folder, TransducerOptions options, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new ChunkformerRecognizer(
        folder, ChunkformerSettings.read(folder, options.decoder()), runtime, options);
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    return recognition.recognize(order, engine.ear(order.options().vocabulary()));
  }

  @Override
  public ModelIdentity model() {
    return recognition.identity();
  }
}
