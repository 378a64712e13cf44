package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * SenseVoice as sherpa-onnx publishes it: {@code model.onnx} or {@code model.int8.onnx} with what
 * its front end needs in the metadata, and {@code tokens.txt}. It is a CTC model that says
 * language, emotion and kind of sound in its first frames.
 *
 * <p>The settings are those of a manifest's section {@code ctc}.
 *
 * @param hardware decides which of several graphs to use
 */
record SenseVoiceLayout(Hardware hardware, GraphSummaries summaries) implements ModelLayout {
  private static final String FAMILY = "ctc";
  private static final String TOKENS = "tokens.txt";
  private static final List<String> LANGUAGES = List.of("zh", "en", "yue", "ja", "ko");
  private static final String MARK = "lfr_window_size";
  private static final int BANDS = 80;
  private static final int HOP_MILLIS = 10;
  private static final int TAG_FRAMES = 4;
  private static final int WINDOW_SECONDS = 30;
  private static final int INPUTS = 4;
  private static final int INT16_SCALE = 32_768;

  @Override
  public Optional<ModelTask> task() {
    return Optional.of(ModelTask.ASR);
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    Set<String> names = expected.names();
    Optional<Precision> precision =
        EightBitEncoders.order(hardware).stream()
            .filter(each -> names.contains(file(each)))
            .findFirst();
    if (precision.isEmpty() || !Files.isRegularFile(folder.resolve(file(precision.get())))) {
      return Optional.empty();
    }
    String model = file(precision.get());
    GraphSummary graph = summaries.of(folder.resolve(model));
    if (!graph.metadata().containsKey(MARK)) {
      return Optional.empty();
    }
    if (!names.contains(TOKENS)) {
      throw new LayoutCheck(folder).wrong("'" + TOKENS + "'", "none");
    }
    ModelCard card = ModelCard.read(folder);
    return Optional.of(
        new ModelFolder(
            folder,
            new Manifest(
                String.valueOf(folder.getFileName()),
                precision.get().label(),
                ModelTask.ASR,
                FAMILY,
                LANGUAGES,
                false,
                expected.license(card),
                EightBitEncoders.description(model, hardware, precision.get()),
                Waveform.SAMPLE_RATE,
                expected.describe(List.of(model, TOKENS)),
                settings(folder, model, precision.get(), graph))));
  }

  /** The files that are needed of {@code names}; empty if they are of another kind of model. */
  static Optional<List<String>> files(Set<String> names, Hardware hardware) {
    return EightBitEncoders.order(hardware).stream()
        .map(SenseVoiceLayout::file)
        .filter(file -> names.contains(file) && names.contains(TOKENS))
        .findFirst()
        .map(file -> List.of(file, TOKENS));
  }

  private static String file(Precision precision) {
    return precision == Precision.FP32 ? "model.onnx" : "model." + precision.label() + ".onnx";
  }

  private static ManifestSection settings(
      Path folder, String model, Precision precision, GraphSummary graph)
      throws ProcessingException, IOException {
    TokenLines tokens = TokenLines.read(folder.resolve(TOKENS));
    requireFit(folder, graph, tokens);
    GraphMetadata metadata = new GraphMetadata(graph, folder);
    int stacked = metadata.number(MARK);
    int shift = metadata.number("lfr_window_shift");
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("model", model).put("tokens", TOKENS).put("compute_type", precision.label());
    // blank is the first token of the table, whatever it is called
    settings.put("blank", tokens.tokens().get(0));
    settings.put("frame_shift_ms", HOP_MILLIS * shift);
    settings.put("max_window_seconds", WINDOW_SECONDS);
    settings.put("layout", "frames_bands");
    List<GraphSummary.Port> inputs = graph.inputs();
    settings
        .putObject("inputs")
        .put("features", inputs.get(0).name())
        .put("length", inputs.get(1).name());
    settings.putObject("outputs").put("logits", graph.outputs().get(0).name());
    ObjectNode tags = settings.putObject("tags");
    tags.put("frames", TAG_FRAMES);
    tags.put("language_input", inputs.get(2).name()).put("form_input", inputs.get(3).name());
    tags.put("form", metadata.number("with_itn"));
    ObjectNode languages = tags.putObject("languages");
    languages.put("auto", metadata.number("lang_auto"));
    for (String language : LANGUAGES) {
      languages.put(language, metadata.number("lang_" + language));
    }
    ObjectNode frontEnd = settings.putObject("frontend");
    frontEnd
        .put("type", "kaldi_fbank")
        .put("bands", BANDS)
        .put("window_function", "hamming_symmetric");
    frontEnd.put("scale", metadata.number("normalize_samples") == 0 ? INT16_SCALE : 1);
    ObjectNode stack = frontEnd.putObject("stack").put("frames", stacked).put("shift", shift);
    addAll(stack.putArray("offsets"), metadata.numbers("neg_mean", stacked * BANDS));
    addAll(stack.putArray("factors"), metadata.numbers("inv_stddev", stacked * BANDS));
    settings.putObject("decoder").put("unit", "bpe");
    return ManifestSection.whole(settings, folder.toString());
  }

  private static void addAll(ArrayNode array, List<Double> numbers) {
    numbers.forEach(array::add);
  }

  private static void requireFit(Path folder, GraphSummary graph, TokenLines tokens)
      throws ProcessingException {
    if (graph.inputs().size() != INPUTS) {
      throw new LayoutCheck(folder)
          .wrong(
              "the inputs features, length, language and form", graph.inputs().size() + " inputs");
    }
    new LayoutCheck(folder)
        .requireSize(
            graph.outputs().get(0).lastSize(),
            tokens.count(),
            "scores, as many as there are tokens");
  }
}
