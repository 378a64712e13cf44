package io.maie.edge.asr.transducer;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.frames.FrameRecognition;
import io.maie.edge.asr.frames.HeardWindow;
import io.maie.edge.asr.frames.SpeechOrder;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises speech with a transducer of icefall or NVIDIA NeMo, window by window. The same audio,
 * regions, options and model give the same transcript. Used by one thread at a time.
 */
public final class TransducerRecognizer implements SpeechRecognizer {
  /** The word in manifests and parameters. */
  public static final String FAMILY = "transducer";

  /** Runs of predictor and joiner are too small to be shared by threads. */
  private static final ModelUse SEARCHING = new ModelUse(FailureCode.ASR_PROCESSING_ERROR, 1, true);

  private final TransducerSettings settings;
  private final FrameRecognition recognition;
  private final TransducerEncoder encoder;
  private final OnnxModel predictor;
  private final @Nullable OnnxModel joiner;
  private final PhrasePieces pieces;
  private final SaidWords words;

  private TransducerRecognizer(
      ModelFolder folder, TransducerSettings settings, OnnxRuntime runtime) {
    this.settings = settings;
    String name = folder.name();
    encoder = new TransducerEncoder(runtime.model(name, settings.graphs().encoder()), settings);
    predictor = runtime.model(name, settings.graphs().predictor(), SEARCHING);
    Path joinerFile = settings.graphs().joiner();
    joiner = joinerFile == null ? null : runtime.model(name, joinerFile, SEARCHING);
    pieces = new PhrasePieces(settings.tokens());
    words = new SaidWords(settings.tokens());
    recognition =
        new FrameRecognition(
            folder.identity(
                settings.checkpointHash(), settings.computeType(), settings.rules().asParams()),
            folder.manifest(),
            settings.frameSamples(),
            new WindowRules(settings.maxWindowSamples(), WindowRules.USUAL_PAUSE_SAMPLES),
            true);
  }

  /** A {@link RecognizerFamily}: reads the description; the first use opens the model. */
  public static TransducerRecognizer open(ModelFolder folder, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new TransducerRecognizer(folder, TransducerSettings.read(folder), runtime);
  }

  @Override
  public Recognition recognize(
      SampleSource audio, SpeechRegions regions, RecognitionOptions options, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    PhraseGraph phrases = pieces.graph(options.vocabulary(), settings.rules().phraseBonus());
    try (TransducerNetwork<?> network = openNetwork()) {
      return recognition.recognize(
          new SpeechOrder(audio, regions.list(), options, context),
          (window, source, steps) -> {
            EncodedFrames frames = encoder.encode(window.read(source).samples());
            return new HeardWindow(words.words(search(network, frames, phrases), frames.count()));
          });
    }
  }

  @Override
  public ModelIdentity model() {
    return recognition.identity();
  }

  /** The tokens said in a window. */
  List<SaidToken> search(TransducerNetwork<?> network, EncodedFrames frames, PhraseGraph phrases)
      throws ProcessingException {
    TransducerSearch search = TransducerSearch.begin(network, settings.rules(), phrases);
    search.accept(frames);
    return search.finish();
  }

  TransducerEncoder encoder() {
    return encoder;
  }

  /** Predictor and joiner for a recording; a predictor with one input has no states. */
  TransducerNetwork<?> openNetwork() throws ProcessingException {
    int blank = settings.rules().blank();
    if (joiner == null) {
      return new JoinedNetwork(predictor, blank);
    }
    return predictor.inputs().size() == 1
        ? new StatelessNetwork(
            predictor, new RowJoiner(joiner), settings.graphs().contextSize(), blank)
        : new RecurrentNetwork(predictor, joiner, blank);
  }
}
