package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.Alignment;
import io.maie.edge.asr.seq2seq.AlignmentHead;
import io.maie.edge.asr.seq2seq.DecoderFiles;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.DecoderShape;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.TensorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of one Moonshine model. Used by one thread at a time.
 *
 * @param encoders two encoders of the same graph, which keep a result each
 * @param isParallel whether there is a processor for an encoder beside that of the decoder
 */
record MoonshineEngine(
    PieceVocabulary vocabulary,
    List<Encoder> encoders,
    TextDecoder decoder,
    WordTimes wordTimes,
    PieceWords words,
    boolean isParallel) {
  private static final String KEYS = "past_key_values.%d.decoder.key";

  /** Tokens a second of languages that the vocabulary spells by bytes and short pieces. */
  private static final int TOKENS_PER_SECOND_OF_OTHER_SCRIPTS = 13;

  private static final int TOKENS_PER_SECOND = 7;
  private static final Set<String> OTHER_SCRIPTS = Set.of("ar", "ja", "ko", "uk", "vi", "zh");

  MoonshineEngine {
    encoders = List.copyOf(encoders);
  }

  /**
   * Reads the vocabulary and opens the graphs.
   *
   * @param name the name of the model for people
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} also if the files do not fit each other
   */
  static MoonshineEngine open(
      MoonshineSettings settings, MoonshineOptions options, String name, OnnxRuntime runtime)
      throws ProcessingException, IOException {
    PieceVocabulary vocabulary = PieceVocabulary.read(settings.vocabulary());
    DecoderFiles files = settings.decoder();
    Path continuing = files.decoderWithPast().orElse(files.decoder());
    DecoderShape shape = shape(runtime.model(name, continuing, files.use()), vocabulary.size());
    DecoderGraph graph = new DecoderGraph(files, shape, name, runtime);
    List<Encoder> encoders =
        encoders(runtime.model(name, settings.encoder(), ModelUse.RECOGNITION), shape.width());
    graph.open();
    graph.requireTakes(settings.encoder(), encoders.get(0).stateType());
    requireHeads(settings, shape);
    int beams = options.beamSize();
    int tokensPerSecond = tokensPerSecond(options, settings.language());
    return new MoonshineEngine(
        vocabulary,
        encoders,
        new TextDecoder(settings, beams, tokensPerSecond, graph),
        new WordTimes(
            settings, new Alignment(graph, settings.alignmentHeads(), Alignment.Weighing.RAW)),
        new PieceWords(vocabulary),
        runtime.options().threads() > 1);
  }

  private static void requireHeads(MoonshineSettings settings, DecoderShape shape)
      throws ProcessingException {
    for (AlignmentHead head : settings.alignmentHeads()) {
      if (head.layer() >= shape.layers() || head.head() >= shape.heads()) {
        throw wrong(
            "alignment heads among %d layers of %d heads".formatted(shape.layers(), shape.heads()),
            head.toString(),
            settings.decoder().decoder());
      }
    }
  }

  /**
   * Two, so that one may hear the next window. Each uses all processors: a recording of one window
   * has no decoder beside it, and beside a decoder nothing was seen to get slower.
   */
  private static List<Encoder> encoders(OnnxModel model, int width) {
    return List.of(new Encoder(model, width), new Encoder(model, width));
  }

  private static int tokensPerSecond(MoonshineOptions options, String language) {
    if (options.tokensPerSecond() > 0) {
      return options.tokensPerSecond();
    }
    return OTHER_SCRIPTS.contains(language)
        ? TOKENS_PER_SECOND_OF_OTHER_SCRIPTS
        : TOKENS_PER_SECOND;
  }

  /** Published descriptions contradict the graphs, so that only the graphs are asked. */
  private static DecoderShape shape(OnnxModel decoder, int vocabularySize)
      throws ProcessingException {
    Path file = decoder.file();
    List<TensorShape> inputs = decoder.inputs();
    int layers = 0;
    while (find(inputs, KEYS.formatted(layers)).isPresent()) {
      layers++;
    }
    Optional<TensorShape> keys = find(inputs, KEYS.formatted(0));
    if (keys.isEmpty() || keys.get().shape().size() != 4) {
      throw wrong("an input '" + KEYS.formatted(0) + "' of four axes", "none", file);
    }
    long heads = keys.get().shape().get(1);
    long size = keys.get().shape().get(3);
    if (heads < 1 || size < 1) {
      throw wrong("keys of a known size", keys.get().shape().toString(), file);
    }
    return new DecoderShape(layers, (int) heads, (int) size, vocabularySize, Integer.MAX_VALUE);
  }

  private static Optional<TensorShape> find(List<TensorShape> tensors, String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  private static ProcessingException wrong(String expected, String found, Path file) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s, found %s: '%s'".formatted(expected, found, file),
        "Copy the model's files again; if they are as published, this model is of a kind that this"
            + " version cannot run");
  }
}
