package io.maie.edge.asr.whisper;

import io.maie.edge.asr.ModelInUse;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SkippedStretches;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.TranscriptCheck;
import io.maie.edge.asr.WindowPlan;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.seq2seq.RoundCheckpoint;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises speech with a Whisper model. Speech regions are packed into windows of the length that
 * the model hears at once; a recording in which no regions were looked for is read as one, from
 * timestamp to timestamp. The same audio, regions, options and model give the same transcript. Used
 * by one thread at a time.
 */
public final class WhisperRecognizer implements SpeechRecognizer {
  /** The word in parameters. */
  public static final String FAMILY = "whisper";

  private final WhisperSettings settings;
  private final WhisperOptions options;
  private final ModelInUse<WhisperEngine> model;

  private WhisperRecognizer(
      ModelFolder folder, WhisperSettings settings, WhisperOptions options, OnnxRuntime runtime) {
    this.settings = settings;
    this.options = options;
    model =
        new ModelInUse<>(
            folder,
            folder.identity(settings.checkpointHash(), settings.computeType(), options.asParams()),
            () -> WhisperEngine.open(settings, options, folder.name(), runtime));
  }

  /** A {@link RecognizerFamily}: reads the description; the first use opens the model. */
  public static WhisperRecognizer open(
      ModelFolder folder, WhisperOptions options, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new WhisperRecognizer(folder, WhisperSettings.read(folder), options, runtime);
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    RecognitionOptions asked = order.options();
    StageContext context = order.context();
    RequestCheck check = new RequestCheck(model.identity().name(), settings.tokens(), asked);
    List<SpeechWindow> windows = windows(order);
    SkippedStretches skipped = SkippedStretches.of(windows, context.checkpoint());
    Transcription.Speech speech =
        new Transcription.Speech(order.audio(), windows, order.regions().areFound());
    Transcription transcription = new Transcription(model.engine(), speech, check, skipped);
    transcription.run(
        new RoundCheckpoint(
            context.checkpoint(), FAMILY, ModelInUse.fingerprint(model.identity(), windows, asked)),
        context);
    List<Segment> segments = transcription.segments();
    @Nullable Language told = transcription.language().orElse(null);
    List<Warning> warnings = new ArrayList<>(check.warnings(segments.isEmpty() ? null : told));
    warnings.addAll(
        new TranscriptCheck(model.identity().name(), segments, options.wordTimes()).warnings());
    return new Recognition(transcript(told, segments), skipped.list(), warnings);
  }

  @Override
  public ModelIdentity model() {
    return model.identity();
  }

  /** Without speech detection, timestamps find better places to cut than a loudness meter could. */
  private List<SpeechWindow> windows(SpeechOrder order) throws IOException {
    long length = order.audio().length();
    if (!order.regions().areFound() && length > 0) {
      return List.of(new SpeechWindow(List.of(new SampleSpan(0, length))));
    }
    return WindowPlan.of(
        order, new WindowRules(settings.shape().chunkSamples(), WindowRules.USUAL_PAUSE_SAMPLES));
  }

  private static Transcript transcript(@Nullable Language language, List<Segment> segments) {
    return language == null ? Transcript.of(segments) : Transcript.of(language, segments);
  }
}
