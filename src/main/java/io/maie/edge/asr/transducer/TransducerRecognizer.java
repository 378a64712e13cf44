package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.frames.BestPath;
import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.FrameRecognition;
import io.maie.edge.asr.frames.Posteriors;
import io.maie.edge.asr.frames.TokenTable;
import io.maie.edge.asr.frames.TokenUnit;
import io.maie.edge.asr.frames.WordAssembler;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final TransducerOptions options;
  private final TokenHead head;
  private final FrameRecognition recognition;
  private final TransducerEncoder encoder;
  private final @Nullable TransducerEncoder ctc;
  private final OnnxModel predictor;
  private final @Nullable OnnxModel joiner;
  private final PhrasePieces pieces;
  private final SaidWords words;

  private TransducerRecognizer(
      ModelFolder folder,
      TransducerSettings settings,
      OnnxRuntime runtime,
      TransducerOptions options)
      throws ProcessingException {
    this.settings = settings;
    this.options = options;
    String name = folder.name();
    encoder =
        new TransducerEncoder(
            runtime.model(name, settings.graphs().encoder()),
            settings.frontEnd(),
            settings.layout(),
            settings.layout() == FeatureLayout.BANDS_FRAMES);
    Path hybrid = settings.graphs().ctc();
    ctc =
        hybrid == null
            ? null
            : new TransducerEncoder(
                runtime.model(name, hybrid), settings.frontEnd(), settings.layout(), false);
    head = options.decoder().of(settings.head(), ctc != null, true);
    predictor = runtime.model(name, settings.graphs().predictor(), SEARCHING);
    Path joinerFile = settings.graphs().joiner();
    joiner = joinerFile == null ? null : runtime.model(name, joinerFile, SEARCHING);
    pieces = new PhrasePieces(settings.tokens());
    words = new SaidWords(settings.tokens());
    recognition =
        new FrameRecognition(
            folder.identity(
                folder.checkpointHash(
                    folder.manifest().settings(), head == TokenHead.CTC ? "ctc" : "encoder"),
                settings.computeType(),
                asParams()),
            folder.manifest(),
            settings.frameSamples(),
            new WindowRules(settings.maxWindowSamples(), WindowRules.USUAL_PAUSE_SAMPLES),
            head == TokenHead.TRANSDUCER);
  }

  /** Parameters that a reader of the result needs to decode alike. */
  private Map<String, Object> asParams() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (head == TokenHead.TRANSDUCER) {
      params.putAll(settings.rules().asParams());
    } else {
      params.put("decoder", "ctc");
    }
    params.put("batch", options.batch());
    return params;
  }

  /** A {@link RecognizerFamily}: reads the description; the first use opens the model. */
  public static TransducerRecognizer open(
      ModelFolder folder, TransducerOptions options, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new TransducerRecognizer(folder, TransducerSettings.read(folder), runtime, options);
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    if (head == TokenHead.CTC) {
      return recognition.recognize(
          order, new EncodedWindows(ctc(), options.batch(), this::ctcWords));
    }
    PhraseGraph phrases =
        pieces.graph(order.options().vocabulary(), settings.rules().phraseBonus());
    try (TransducerNetwork<?> network = openNetwork()) {
      return recognition.recognize(
          order,
          new EncodedWindows(
              encoder,
              options.batch(),
              frames -> words.words(search(network, frames, phrases), frames.count())));
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

  private List<DecodedWord> ctcWords(EncodedFrames scores) throws ProcessingException {
    return new WordAssembler(settings.tokens(), TokenUnit.BPE).assemble(path(scores).spans());
  }

  /** The most probable token of each frame, by the CTC head. */
  BestPath path(EncodedFrames scores) throws ProcessingException {
    TokenTable tokens = settings.tokens();
    if (scores.size() != tokens.size()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected scores of %d tokens as the token table has them, found %d: '%s'"
              .formatted(tokens.size(), scores.size(), settings.graphs().ctc()),
          "Copy the model's files again: its CTC graph belongs to another model");
    }
    BestPath path = new BestPath(settings.rules().blank());
    path.accept(Posteriors.ofLogits(scores.values(), scores.count(), tokens.size()));
    return path;
  }

  /** The encoder with the CTC head, of a hybrid. */
  TransducerEncoder ctc() {
    return requireNonNull(ctc, "the model is no hybrid");
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
