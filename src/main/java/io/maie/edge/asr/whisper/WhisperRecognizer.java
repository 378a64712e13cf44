package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.TranscriptCheck;
import io.maie.edge.asr.WindowPlan;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.seq2seq.RoundCheckpoint;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Recognises speech with a Whisper model. Speech regions are packed into windows of the length that
 * the model hears at once; a recording in which no regions were looked for is gone through in one,
 * from timestamp to timestamp. The same audio, regions, options and model give the same transcript.
 * Used by one thread at a time.
 */
public final class WhisperRecognizer implements SpeechRecognizer {
  /** The word in parameters. */
  public static final String FAMILY = "whisper";

  /** Longest pause kept between two regions of one window. */
  private static final long MAX_PAUSE_SAMPLES = Waveform.SAMPLE_RATE / 2;

  private final ModelFolder folder;
  private final WhisperSettings settings;
  private final WhisperOptions options;
  private final ModelIdentity identity;
  private final OnnxRuntime runtime;
  private @Nullable WhisperEngine engine;

  private WhisperRecognizer(
      ModelFolder folder, WhisperSettings settings, WhisperOptions options, OnnxRuntime runtime) {
    this.folder = folder;
    this.settings = settings;
    this.options = options;
    this.runtime = runtime;
    identity =
        new ModelIdentity(
            folder.name(),
            folder.manifest().version(),
            settings.checkpointHash(),
            settings.computeType(),
            options.asParams());
  }

  /** The family of Whisper models, which run in {@code runtime}. */
  public static RecognizerFamily family(OnnxRuntime runtime, WhisperOptions options) {
    requireNonNull(runtime, "runtime is null");
    requireNonNull(options, "options is null");
    return folder -> open(folder, options, runtime);
  }

  /**
   * A recogniser for the model in {@code folder}. Reads its description; the model itself is opened
   * when it is first used.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the description is wrong
   */
  public static WhisperRecognizer open(
      ModelFolder folder, WhisperOptions options, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new WhisperRecognizer(folder, WhisperSettings.read(folder), options, runtime);
  }

  @Override
  public Recognition recognize(
      SampleSource audio,
      List<SpeechRegion> regions,
      RecognitionOptions asked,
      StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    RequestCheck check = new RequestCheck(identity.name(), settings.tokens(), asked);
    SampleSpan whole = new SampleSpan(0, audio.length());
    boolean packed = regions.size() != 1 || !regions.get(0).span().equals(whole);
    List<SpeechWindow> windows = windows(audio, regions, packed || whole.isEmpty());
    Transcription transcription = new Transcription(engine(), audio, windows, packed, check);
    transcription.run(
        new RoundCheckpoint(context.checkpoint(), FAMILY, fingerprint(windows, asked)), context);
    List<Segment> segments = transcription.segments();
    @Nullable Language told = transcription.language().orElse(null);
    List<Warning> warnings = new ArrayList<>(check.warnings(segments.isEmpty() ? null : told));
    warnings.addAll(new TranscriptCheck(identity.name(), segments, options.wordTimes()).warnings());
    return new Recognition(transcript(told, segments), warnings);
  }

  @Override
  public ModelIdentity model() {
    return identity;
  }

  /**
   * Regions that cover the whole recording were not looked for; the timestamps then find the places
   * to cut better than a loudness meter could.
   */
  private List<SpeechWindow> windows(SampleSource audio, List<SpeechRegion> regions, boolean packed)
      throws IOException {
    if (!packed) {
      return List.of(new SpeechWindow(List.of(new SampleSpan(0, audio.length()))));
    }
    return WindowPlan.of(
        regions, audio, new WindowRules(settings.shape().chunkSamples(), MAX_PAUSE_SAMPLES));
  }

  private static Transcript transcript(@Nullable Language language, List<Segment> segments) {
    return language == null ? Transcript.of(segments) : Transcript.of(language, segments);
  }

  private WhisperEngine engine() throws ProcessingException {
    WhisperEngine open = engine;
    if (open == null) {
      open = folder.reading(() -> WhisperEngine.open(settings, options, identity.name(), runtime));
      engine = open;
    }
    return open;
  }

  private String fingerprint(List<SpeechWindow> windows, RecognitionOptions asked) {
    return String.join(
        "|",
        identity.checkpointHash(),
        new TreeMap<>(identity.decodingParams()).toString(),
        asked.toString(),
        String.valueOf(windows.size()),
        String.valueOf(windows.hashCode()));
  }
}
