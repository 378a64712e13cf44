package io.maie.edge.asr.ctc;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.frames.CtcDecoder;
import io.maie.edge.asr.frames.FrameRecognition;
import io.maie.edge.asr.frames.HeardWindow;
import io.maie.edge.asr.frames.Posteriors;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Recognises speech with a CTC model, window by window. The language model is read at the first
 * use. The same audio, regions and model give the same transcript. Used by one thread at a time.
 */
public final class CtcRecognizer implements SpeechRecognizer {
  /** The word in manifests and parameters. */
  public static final String FAMILY = "ctc";

  private final ModelFolder folder;
  private final CtcSettings settings;
  private final AcousticModel acousticModel;
  private final ModelIdentity identity;
  private @Nullable CtcDecoder decoder;

  private CtcRecognizer(ModelFolder folder, CtcSettings settings, OnnxRuntime runtime) {
    this.folder = folder;
    this.settings = settings;
    acousticModel = new AcousticModel(runtime.model(folder.name(), settings.modelFile()), settings);
    identity =
        folder.identity(
            settings.checkpointHash(), settings.computeType(), settings.decoder().asParams());
  }

  /** A {@link RecognizerFamily}: reads the description; the first use opens the model. */
  public static CtcRecognizer open(ModelFolder folder, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new CtcRecognizer(folder, CtcSettings.read(folder), runtime);
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    FrameRecognition recognition =
        new FrameRecognition(
            identity,
            folder.manifest(),
            settings.frameSamples(),
            new WindowRules(settings.maxWindowSamples(), WindowRules.USUAL_PAUSE_SAMPLES),
            false);
    return recognition.recognize(
        order, (window, steps) -> hear(window.read().samples(), order.options().language()));
  }

  @Override
  public ModelIdentity model() {
    return identity;
  }

  private HeardWindow hear(float[] samples, @Nullable String language) throws ProcessingException {
    Posteriors posteriors = acousticModel.listen(samples, language);
    if (settings.tags().isEmpty()) {
      return new HeardWindow(decoder().decode(posteriors));
    }
    TagSettings tags = settings.tags().get();
    return new HeardWindow(
        decoder().decode(posteriors.after(tags.frames())),
        tags.tags(posteriors, settings.decoder().tokens()));
  }

  private CtcDecoder decoder() throws ProcessingException {
    CtcDecoder open = decoder;
    if (open == null) {
      open = folder.reading(settings.decoder()::open);
      decoder = open;
    }
    return open;
  }
}
