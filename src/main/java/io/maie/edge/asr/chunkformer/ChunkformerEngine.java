package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.HeardWindow;
import io.maie.edge.asr.frames.WindowRecognizer;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.asr.transducer.EncodedWindows;
import io.maie.edge.asr.transducer.PhraseGraph;
import io.maie.edge.asr.transducer.PhrasePieces;
import io.maie.edge.asr.transducer.RowJoiner;
import io.maie.edge.asr.transducer.SaidWords;
import io.maie.edge.asr.transducer.SearchRules;
import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.asr.transducer.TransducerEncoder;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.asr.transducer.TransducerSearch;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The graphs of a ChunkFormer model, and how they hear a window. Used by one thread at a time. */
final class ChunkformerEngine {
  /** Runs of predictor and joiner are too small to be shared by threads. */
  private static final ModelUse SEARCHING = new ModelUse(FailureCode.ASR_PROCESSING_ERROR, 1, true);

  private static final double PHRASE_BONUS = 1.5;

  private final ChunkformerSettings settings;
  private final TransducerOptions options;
  private final @Nullable SteppedWindows stepped;
  private final @Nullable TransducerEncoder whole;
  private final @Nullable OnnxModel ctc;
  private final @Nullable OnnxModel predictor;
  private final @Nullable OnnxModel joiner;
  private final PhrasePieces pieces;
  private final SaidWords words;

  ChunkformerEngine(
      ChunkformerSettings settings, TransducerOptions options, String name, OnnxRuntime runtime) {
    this.settings = requireNonNull(settings, "settings is null");
    this.options = requireNonNull(options, "options is null");
    ChunkformerSettings.Graphs graphs = settings.graphs();
    OnnxModel encoder = runtime.model(name, graphs.encoder());
    Path stem = graphs.stem();
    if (stem == null) {
      stepped = null;
      whole =
          new TransducerEncoder(
              encoder,
              StemFrames.features(settings.shape().bands()),
              FeatureLayout.FRAMES_BANDS,
              false);
    } else {
      stepped =
          new SteppedWindows(
              new StemFrames(runtime.model(name, stem), settings.shape()),
              new ChunkEncoder(encoder, settings.shape().chunk()),
              settings);
      whole = null;
    }
    Path head = graphs.ctc();
    ctc = head == null ? null : runtime.model(name, head);
    Path predicting = graphs.predictor();
    predictor = predicting == null ? null : runtime.model(name, predicting, SEARCHING);
    Path joining = graphs.joiner();
    joiner = joining == null ? null : runtime.model(name, joining, SEARCHING);
    pieces = new PhrasePieces(settings.tokens());
    words = new SaidWords(settings.tokens());
  }

  /**
   * Hears windows.
   *
   * @param vocabulary phrases to prefer, where a transducer says the tokens
   */
  WindowRecognizer ear(List<String> vocabulary) {
    PhraseGraph phrases = pieces.graph(vocabulary, PHRASE_BONUS);
    TransducerEncoder wholeWindows = whole;
    if (wholeWindows != null) {
      return new EncodedWindows(wholeWindows, options.batch(), frames -> words(frames, phrases));
    }
    return (window, steps) -> {
      try (TokenFinder finder = finder(phrases)) {
        stepped().hear(window, finder, steps);
        return new HeardWindow(finder.words());
      }
    };
  }

  private List<DecodedWord> words(EncodedFrames frames, PhraseGraph phrases)
      throws ProcessingException {
    try (TokenFinder finder = finder(phrases)) {
      finder.accept(frames);
      return finder.words();
    }
  }

  TokenFinder finder(PhraseGraph phrases) throws ProcessingException {
    if (settings.head() == TokenHead.CTC) {
      return new CtcFinder(requireNonNull(ctc, "the settings say so"), settings);
    }
    SteppedNetwork network =
        new SteppedNetwork(
            requireNonNull(predictor, "the settings say so"),
            new RowJoiner(requireNonNull(joiner, "the settings say so")),
            settings.blank());
    return new TransducerFinder(network, TransducerSearch.begin(network, rules(), phrases), words);
  }

  private SearchRules rules() {
    int tokens = settings.tokens().size();
    return new SearchRules(
        tokens, settings.blank(), -1, 0, settings.maxSymbols(), 1, 0, 1, PHRASE_BONUS);
  }

  /** The encoder of whole windows; not for models that hear in chunks. */
  TransducerEncoder whole() {
    return requireNonNull(whole, "the model hears in chunks");
  }

  /** Hears windows in chunks; not for models whose encoder takes whole windows. */
  SteppedWindows stepped() {
    return requireNonNull(stepped, "the encoder takes whole windows");
  }
}
