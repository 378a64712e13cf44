package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.ModelInUse;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.TranscriptCheck;
import io.maie.edge.asr.UnusedOptions;
import io.maie.edge.asr.WindowPlan;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.seq2seq.RoundCheckpoint;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Recognises speech with a Moonshine model (N. Jeffries et al., Moonshine: Speech Recognition for
 * Live Transcription and Voice Commands, 2024), window by window. The same audio, regions, options
 * and model give the same transcript. Used by one thread at a time.
 */
public final class MoonshineRecognizer implements SpeechRecognizer {
  /** The word in manifests and parameters. */
  public static final String FAMILY = "moonshine";

  private static final long MILLIS_PER_SECOND = 1000;

  private final MoonshineSettings settings;
  private final MoonshineOptions options;
  private final ModelInUse<MoonshineEngine> model;

  private MoonshineRecognizer(
      ModelFolder folder,
      MoonshineSettings settings,
      MoonshineOptions options,
      OnnxRuntime runtime) {
    this.settings = settings;
    this.options = options;
    model =
        new ModelInUse<>(
            folder,
            folder.identity(settings.checkpointHash(), settings.computeType(), options.asParams()),
            () -> MoonshineEngine.open(settings, options, folder.name(), runtime));
  }

  /** A {@link RecognizerFamily}: reads the description; the first use opens the model. */
  public static MoonshineRecognizer open(
      ModelFolder folder, MoonshineOptions options, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new MoonshineRecognizer(folder, MoonshineSettings.read(folder), options, runtime);
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    List<SpeechWindow> windows = WindowPlan.of(order, rules());
    RoundCheckpoint checkpoint =
        new RoundCheckpoint(
            order.context().checkpoint(),
            FAMILY,
            ModelInUse.fingerprint(model.identity(), windows));
    Transcription transcription = new Transcription(windows, checkpoint, order.context());
    if (!transcription.isComplete()) {
      try (WindowDecoding decoding =
          new WindowDecoding(model.engine(), settings.language(), windows, order.audio())) {
        transcription.run(decoding);
      }
    }
    List<Segment> segments = transcription.segments();
    order.context().tick(1);
    List<Warning> warnings =
        new ArrayList<>(
            new UnusedOptions(model.identity().name(), order.options(), false).warnings());
    warnings.addAll(new TranscriptCheck(model.identity().name(), segments, true).warnings());
    return new Recognition(
        Transcript.of(new Language(settings.language(), 1), segments),
        transcription.skipped(),
        warnings);
  }

  @Override
  public ModelIdentity model() {
    return model.identity();
  }

  private WindowRules rules() {
    long samples = options.window().toMillis() * Waveform.SAMPLE_RATE / MILLIS_PER_SECOND;
    return new WindowRules(samples, WindowRules.USUAL_PAUSE_SAMPLES);
  }
}
