package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.nio.file.Path;
import java.util.Optional;

/** The graphs of a transducer of icefall: a predictor without states, and a separate joiner. */
record IcefallGraphs(
    Path folder,
    GraphSummary encoder,
    GraphSummary predictor,
    GraphSummary joiner,
    TokenLines tokens) {
  private static final int BANDS = 80;
  private static final int FRAME_MILLIS = 40;
  private static final String CONTEXT = "context_size";

  /** Adds the settings that depend on the graphs. */
  void describe(ObjectNode settings) throws ProcessingException {
    requireFit();
    settings.put("unknown", "<unk>");
    settings.put(CONTEXT, contextSize());
    settings.put("frame_shift_ms", FRAME_MILLIS);
    settings.put("layout", "frames_bands");
    settings.put("max_symbols_per_frame", 1);
    settings
        .putObject("frontend")
        .put("type", "kaldi_fbank")
        .put("bands", encoder.inputs().get(0).lastSize().orElse((long) BANDS))
        .put("high_hz", -400)
        .put("scale", 1)
        .put("snip_edges", false);
  }

  private void requireFit() throws ProcessingException {
    Optional<Long> scores = joiner.outputs().get(0).lastSize();
    new LayoutCheck(folder)
        .requireSize(scores, tokens.count(), "scores of the joiner, as many as there are tokens");
    new LayoutCheck(folder)
        .requireSize(
            metadata(predictor, "vocab_size"),
            tokens.count(),
            "tokens in the metadata of the predictor, as in tokens.txt");
    if (joiner.inputs().size() != 2) {
      throw new LayoutCheck(folder)
          .wrong("a joiner with 2 inputs", String.valueOf(joiner.inputs().size()));
    }
    requireJoined(0, encoder, "encoder");
    requireJoined(1, predictor, "predictor");
  }

  private void requireJoined(int input, GraphSummary graph, String what)
      throws ProcessingException {
    Optional<Long> given = graph.outputs().get(0).lastSize();
    if (given.isPresent()) {
      new LayoutCheck(folder)
          .requireSize(
              joiner.inputs().get(input).lastSize(),
              given.get(),
              "numbers per frame that the joiner takes from the " + what);
    }
  }

  private long contextSize() throws ProcessingException {
    Optional<Long> declared = predictor.inputs().get(0).size(1);
    Optional<Long> said = metadata(predictor, CONTEXT);
    if (said.isPresent()) {
      new LayoutCheck(folder)
          .requireSize(declared, said.get(), "tokens of context as the metadata has it");
    }
    Optional<Long> size = said.or(() -> declared);
    if (size.isEmpty() || size.get() < 1) {
      throw new LayoutCheck(folder)
          .wrong(
              "a context_size of 1 or more in the metadata of the predictor",
              size.map(String::valueOf).orElse("none"));
    }
    return size.get();
  }

  private Optional<Long> metadata(GraphSummary graph, String key) throws ProcessingException {
    return new GraphMetadata(graph, folder).numberIfThere(key).map(Integer::longValue);
  }
}
