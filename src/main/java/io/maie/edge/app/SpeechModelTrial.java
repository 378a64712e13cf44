package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.config.Settings;
import io.maie.edge.diarization.pieces.PieceDiarizer;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelTrial;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries a model of speech or of speakers on noise before its import. Graphs that are damaged, or
 * fit neither each other nor their description, fail then instead of at the first recording.
 */
final class SpeechModelTrial implements ModelTrial {
  private static final Set<ModelTask> TASKS =
      Set.of(ModelTask.ASR, ModelTask.SPEAKER_SEGMENTATION, ModelTask.SPEAKER_EMBEDDING);

  private static final int SECONDS = 1;

  /** Amplitude at which no model takes the noise for silence. */
  private static final double LEVEL = 0.1;

  private static final int LONGEST_REASON = 200;
  private static final String GET_AGAIN =
      "Export or download it again; its graphs must fit each other and their description";

  private final Settings settings;

  SpeechModelTrial(Settings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public void run(ModelFolder staged) throws ProcessingException, IOException {
    if (!TASKS.contains(staged.manifest().task())) {
      return;
    }
    try (OnnxRuntime onnx = new OnnxRuntime(settings.onnx(), Ticker.system())) {
      if (staged.manifest().task() != ModelTask.ASR) {
        tellApart(staged, onnx);
        return;
      }
      @Nullable RecognizerFamily family =
          EngineFactory.families(settings, onnx).get(staged.manifest().family());
      if (family != null) {
        hear(open(family, staged), staged);
      }
    }
  }

  private static void tellApart(ModelFolder staged, OnnxRuntime onnx) throws ProcessingException {
    try {
      PieceDiarizer.tryOut(staged, onnx);
    } catch (ProcessingException e) {
      throw refused("Not a usable model: ", e, staged);
    }
  }

  private static SpeechRecognizer open(RecognizerFamily family, ModelFolder staged)
      throws ProcessingException, IOException {
    try {
      return family.open(staged);
    } catch (ProcessingException e) {
      throw refused("Not a usable model: ", e, staged);
    }
  }

  private static void hear(SpeechRecognizer recognizer, ModelFolder staged)
      throws ProcessingException, IOException {
    SampleSource noise = noise();
    try {
      recognizer.recognize(
          new SpeechOrder(
              noise,
              SpeechRegions.found(SpeechRegion.whole(noise)),
              RecognitionOptions.DEFAULTS,
              StageContext.disabled()));
    } catch (ProcessingException e) {
      throw failed(e, staged);
    } catch (TaskStoppedException e) {
      throw new AssertionError("nobody stops a trial", e);
    }
  }

  /** The shapes of a run, and what ONNX Runtime says of it, tell a person nothing. */
  private static ProcessingException failed(ProcessingException failure, ModelFolder staged) {
    boolean isOfGraph = failure.details().containsKey("native_code");
    return isOfGraph && failure.code() != FailureCode.MODEL_MEMORY_ERROR
        ? new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Expected graphs that fit each other and their description, found one that fails on a"
                + " second of sound",
            GET_AGAIN,
            failure)
        : refused("The model fails on a second of sound: ", failure, staged);
  }

  private static ProcessingException refused(
      String beginning, ProcessingException failure, ModelFolder staged) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR, beginning + reason(failure, staged), GET_AGAIN, failure);
  }

  /** The beginning of a message, which may be a page of shapes; without the place for now. */
  private static String reason(ProcessingException failure, ModelFolder staged) {
    String first =
        String.valueOf(failure.getMessage())
            .replace(staged.path() + "/", "")
            .replace("'" + staged.path() + "'", "the folder")
            .replace("The model '" + staged.name() + "'", "it")
            .replace("'" + staged.name() + "'", "it")
            .lines()
            .findFirst()
            .orElse("");
    return first.length() <= LONGEST_REASON ? first : first.substring(0, LONGEST_REASON) + " ...";
  }

  private static SampleSource noise() {
    Random random = new Random(1);
    float[] samples = new float[SECONDS * Waveform.SAMPLE_RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (LEVEL * random.nextGaussian());
    }
    return SampleSource.of(Waveform.of(samples));
  }
}
