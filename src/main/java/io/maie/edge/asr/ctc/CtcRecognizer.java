package io.maie.edge.asr.ctc;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.WindowPlan;
import io.maie.edge.asr.WindowRules;
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
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Recognises speech with a CTC model, window by window. The language model is read at the first
 * use. The same audio, regions and model give the same transcript. Used by one thread at a time.
 */
public final class CtcRecognizer implements SpeechRecognizer {
  /** The word in manifests and parameters. */
  public static final String FAMILY = "ctc";

  /** What is left of a pause between two regions of one window. */
  private static final long MAX_PAUSE_SAMPLES = Waveform.SAMPLE_RATE / 2;

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
        new ModelIdentity(
            folder.name(),
            folder.manifest().version(),
            settings.checkpointHash(),
            settings.computeType(),
            settings.decoder().asParams());
  }

  /** The family of CTC models, which run in {@code runtime}. */
  public static RecognizerFamily family(OnnxRuntime runtime) {
    requireNonNull(runtime, "runtime is null");
    return folder -> open(folder, runtime);
  }

  /**
   * A recogniser for the model in {@code folder}. Reads its description; the model itself is opened
   * when it is first used.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the description is wrong
   */
  public static CtcRecognizer open(ModelFolder folder, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new CtcRecognizer(folder, CtcSettings.read(folder), runtime);
  }

  @Override
  public Recognition recognize(
      SampleSource audio,
      List<SpeechRegion> regions,
      RecognitionOptions options,
      StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    List<SpeechWindow> windows =
        WindowPlan.of(
            regions, audio, new WindowRules(settings.maxWindowSamples(), MAX_PAUSE_SAMPLES));
    WindowCheckpoint checkpoint = new WindowCheckpoint(context.checkpoint(), fingerprint(windows));
    List<List<Word>> finished = checkpoint.load();
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      context.tick((double) i / windows.size());
      if (i >= finished.size()) {
        finished.add(hear(windows.get(i), audio));
        checkpoint.add(finished.get(i));
      }
      segments.addAll(Utterances.of(finished.get(i)));
    }
    context.tick(1);
    OptionCheck check = new OptionCheck(identity.name(), folder.manifest(), options);
    return new Recognition(transcript(check, segments), check.warnings());
  }

  @Override
  public ModelIdentity model() {
    return identity;
  }

  private static Transcript transcript(OptionCheck check, List<Segment> segments) {
    return check
        .language()
        .map(language -> Transcript.of(language, segments))
        .orElseGet(() -> Transcript.of(segments));
  }

  private List<Word> hear(SpeechWindow window, SampleSource audio)
      throws ProcessingException, IOException {
    Posteriors posteriors = acousticModel.listen(window.read(audio).samples());
    List<Word> words = new ArrayList<>();
    for (DecodedWord word : decoder().decode(posteriors)) {
      words.add(new Word(span(word, window), word.text(), word.probability()));
    }
    return List.copyOf(words);
  }

  /** Frames may reach a little beyond the window, whose last one is not full. */
  private SampleSpan span(DecodedWord word, SpeechWindow window) {
    long start = Math.min((long) word.firstFrame() * settings.frameSamples(), window.length() - 1);
    long end = Math.min((long) word.endFrame() * settings.frameSamples(), window.length());
    return window.toRecording(new SampleSpan(start, Math.max(end, start + 1)));
  }

  private CtcDecoder decoder() throws ProcessingException {
    CtcDecoder open = decoder;
    if (open == null) {
      open = folder.reading(settings.decoder()::open);
      decoder = open;
    }
    return open;
  }

  private String fingerprint(List<SpeechWindow> windows) {
    return String.join(
        "|",
        identity.checkpointHash(),
        new TreeMap<>(identity.decodingParams()).toString(),
        String.valueOf(windows.size()),
        String.valueOf(windows.hashCode()));
  }
}
