package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.frames.HeardWindow;
import io.maie.edge.asr.frames.WindowRecognizer;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.asr.transducer.PhraseGraph;
import io.maie.edge.asr.transducer.PhrasePieces;
import io.maie.edge.asr.transducer.RowJoiner;
import io.maie.edge.asr.transducer.SaidWords;
import io.maie.edge.asr.transducer.SearchRules;
import io.maie.edge.asr.transducer.TransducerSearch;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The graphs of a ChunkFormer model, and how they hear a window. Used by one thread at a time. */
final class ChunkformerEngine {
  /** Runs of predictor and joiner are too small to be shared by threads. */
  private static final ModelUse SEARCHING = new ModelUse(FailureCode.ASR_PROCESSING_ERROR, 1, true);

  private static final double PHRASE_BONUS = 1.5;

  private final ChunkformerSettings settings;
  private final StemFrames stem;
  private final ChunkEncoder encoder;
  private final @Nullable OnnxModel ctc;
  private final @Nullable OnnxModel predictor;
  private final @Nullable OnnxModel joiner;
  private final PhrasePieces pieces;
  private final SaidWords words;

  ChunkformerEngine(ChunkformerSettings settings, String name, OnnxRuntime runtime) {
    this.settings = requireNonNull(settings, "settings is null");
    ChunkformerSettings.Graphs graphs = settings.graphs();
    stem = new StemFrames(runtime.model(name, graphs.stem()), settings.shape());
    encoder = new ChunkEncoder(runtime.model(name, graphs.encoder()), settings.shape().chunk());
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
    return (window, audio, steps) -> {
      try (TokenFinder finder = finder(phrases)) {
        hear(window, audio, finder, steps);
        return new HeardWindow(finder.words());
      }
    };
  }

  TokenFinder finder(PhraseGraph phrases) throws ProcessingException {
    if (settings.head() == ChunkformerSettings.Head.CTC) {
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

  /** Gives the encoded frames of {@code window} to {@code finder}, in one part or in several. */
  void hear(
      SpeechWindow window, SampleSource audio, TokenFinder finder, WindowRecognizer.Steps steps)
      throws ProcessingException, TaskStoppedException, IOException {
    int count = StemFrames.count(window.length());
    if (window.length() <= settings.maxWindowSamples()) {
      finder.accept(encoder.encode(stem.frames(window, audio, 0, count)));
    } else {
      hearInSteps(window, audio, finder, steps);
    }
  }

  private void hearInSteps(
      SpeechWindow window, SampleSource audio, TokenFinder finder, WindowRecognizer.Steps steps)
      throws ProcessingException, TaskStoppedException, IOException {
    int count = StemFrames.count(window.length());
    int settled = settings.shape().settled();
    int span = settled + settings.shape().lookahead();
    try (ChunkEncoder.Steps encoding = encoder.steps()) {
      EncodedFrames frames = stem.frames(window, audio, 0, Math.min(span, count));
      int start = 0;
      while (start + span < count) {
        EncodedFrames encoded = encoding.encode(frames, settled);
        finder.accept(new EncodedFrames(encoded.values(), settled, encoded.size()));
        start += settled;
        steps.heard((double) start / count);
        int end = Math.min(start + span, count);
        frames = shifted(frames, settled, stem.frames(window, audio, start - settled + span, end));
      }
      finder.accept(encoding.encode(frames, 0));
    }
  }

  /** The frames without the first ones, and those that follow. */
  private static EncodedFrames shifted(EncodedFrames frames, int dropped, EncodedFrames more) {
    int kept = frames.count() - dropped;
    int size = frames.size();
    float[] values = new float[(kept + more.count()) * size];
    System.arraycopy(frames.values(), dropped * size, values, 0, kept * size);
    System.arraycopy(more.values(), 0, values, kept * size, more.count() * size);
    return new EncodedFrames(values, kept + more.count(), size);
  }
}
