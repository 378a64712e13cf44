package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxRuntime;
import java.io.IOException;
import java.util.List;

/** The parts of one Whisper model. Used by one thread at a time. */
final class WhisperEngine {
  /** Native memory for what the decoder keeps of the chunks of a batch. */
  private static final long BATCH_BYTES = 384L << 20;

  private static final int MAX_BATCH = 8;

  private final WhisperSettings settings;
  private final WhisperOptions options;
  private final ByteLevelTokenizer tokenizer;
  private final Encoder encoder;
  private final DecoderGraph graph;
  private final ChunkDecoder decoder;
  private final ChunkAlignment alignment;
  private final WordTimes wordTimes;

  private WhisperEngine(
      WhisperSettings settings,
      WhisperOptions options,
      ByteLevelTokenizer tokenizer,
      String name,
      OnnxRuntime runtime) {
    this.settings = settings;
    this.options = options;
    this.tokenizer = tokenizer;
    encoder = new Encoder(settings, name, runtime, new ParallelRange(runtime.options().threads()));
    graph = new DecoderGraph(settings.decoderFiles(), settings.decoderShape(), name, runtime);
    decoder = new ChunkDecoder(settings, options, tokenizer, graph);
    alignment = new ChunkAlignment(graph, settings);
    wordTimes = new WordTimes(tokenizer, settings.shape());
  }

  /** Reads the vocabulary; the graphs are opened when they are first used. */
  static WhisperEngine open(
      WhisperSettings settings, WhisperOptions options, String name, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    return new WhisperEngine(
        settings, options, ByteLevelTokenizer.read(settings.tokenizer()), name, runtime);
  }

  /**
   * Reads the graphs that are not in memory. For a moment that takes twice the size of the decoder,
   * so it is read before the encoder has its working memory.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} also if the graphs do not fit each other
   */
  void openGraphs() throws ProcessingException {
    graph.open();
    graph.requireTakes(settings.encoder(), encoder.stateType());
  }

  WhisperSettings settings() {
    return settings;
  }

  WhisperOptions options() {
    return options;
  }

  ByteLevelTokenizer tokenizer() {
    return tokenizer;
  }

  Encoder encoder() {
    return encoder;
  }

  ChunkAlignment alignment() {
    return alignment;
  }

  WordTimes wordTimes() {
    return wordTimes;
  }

  ChunkDecoder decoder() {
    return decoder;
  }

  /** The text of tokens, without timestamps and blanks around it. */
  String text(List<ScoredToken> tokens) {
    return tokenizer
        .decode(
            tokens.stream().mapToInt(ScoredToken::id).filter(settings.tokens()::isText).toArray())
        .strip();
  }

  /**
   * Chunks to decode at once. Depends on nothing but model and options, so that a recording is
   * always divided alike: what is computed together can differ in the last digits.
   */
  int batch() {
    return batch(settings.shape(), options);
  }

  static int batch(WhisperShape shape, WhisperOptions options) {
    if (options.batch() > 0) {
      return options.batch();
    }
    long keysAndValues = 2L * shape.decoderLayers() * shape.encoderFrames() * shape.width();
    long bytes = keysAndValues * Float.BYTES * options.beamSize();
    return (int) Math.max(1, Math.min(MAX_BATCH, BATCH_BYTES / bytes));
  }
}
