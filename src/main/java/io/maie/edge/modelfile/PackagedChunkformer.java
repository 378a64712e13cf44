package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The graphs that the package chunkformer exports itself ({@code tools/export_onnx.py} of its
 * repository, 2026). Its encoder of whole windows is used; the one for streams, {@code
 * encoder_chunk.onnx}, computes what a model for streams was trained for, and is not read.
 *
 * @param said {@code onnx_config.json}
 */
record PackagedChunkformer(Path folder, ObjectNode said, GraphSummaries summaries) {
  static final String ENCODER = "encoder_full";

  private static final String VOCABULARY = "vocab.txt";
  private static final int SUBSAMPLING = 8;

  /** A manifest's section {@code chunkformer}, without stem: the encoder takes features. */
  ObjectNode settings(String encoder, Precision precision) throws ProcessingException {
    if (said.path("subsampling_rate").asInt(SUBSAMPLING) != SUBSAMPLING) {
      throw wrong("a subsampling_rate of 8", said.path("subsampling_rate"));
    }
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("encoder", encoder).put("tokens", VOCABULARY);
    if (said.path("has_ctc").asBoolean()) {
      settings.put("ctc", "ctc.onnx");
    }
    if (said.path("is_transducer").asBoolean()) {
      settings.put("predictor", "predictor.onnx").put("joiner", "joint.onnx");
    }
    if (!settings.has("ctc") && !settings.has("joiner")) {
      throw wrong("a head: has_ctc or is_transducer", said.path("model_type"));
    }
    settings.put("compute_type", precision.label());
    settings.put("bands", number("feat_dim"));
    settings.put("size", number("encoder_output_size"));
    settings.put("blank", said.path("blank_id").asInt());
    return settings;
  }

  /**
   * Compares shapes, numbers and the token table.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if something does not fit
   */
  void requireFit(ObjectNode settings) throws ProcessingException, IOException {
    int tokens = TokenLines.read(folder.resolve(VOCABULARY)).count();
    layout()
        .requireSize(
            Optional.of((long) number("vocab_size")),
            tokens,
            "tokens in %s, as in %s".formatted(ChunkformerLayout.PACKAGED, VOCABULARY));
    long size = number("encoder_output_size");
    GraphSummary encoder = graph(settings, "encoder");
    if (encoder.inputs().size() != 2) {
      throw layout()
          .wrong(
              "an encoder that takes features and their number",
              encoder.inputs().size() + " inputs");
    }
    layout()
        .requireSize(
            encoder.inputs().get(0).lastSize(), number("feat_dim"), "bands that the encoder takes");
    layout()
        .requireSize(
            encoder.outputs().get(0).lastSize(), size, "numbers per frame from the encoder");
    if (settings.has("ctc")) {
      GraphSummary head = graph(settings, "ctc");
      layout()
          .requireSize(head.inputs().get(0).lastSize(), size, "numbers per frame for the CTC head");
      layout()
          .requireSize(
              head.outputs().get(0).lastSize(), tokens, "scores of the CTC head, one a token");
    }
    if (settings.has("joiner")) {
      new TransducerHead(graph(settings, "predictor"), graph(settings, "joiner"), layout())
          .requireFit(tokens, size);
    }
  }

  private GraphSummary graph(ObjectNode settings, String key)
      throws ProcessingException, IOException {
    return summaries.of(folder.resolve(settings.path(key).asText()));
  }

  private int number(String key) throws ProcessingException {
    if (!said.path(key).isInt() || said.path(key).asInt() < 1) {
      throw wrong("a number of 1 or more as " + key, said.path(key));
    }
    return said.path(key).asInt();
  }

  private ProcessingException wrong(String expected, JsonNode found) {
    return layout()
        .wrong("%s in %s".formatted(expected, ChunkformerLayout.PACKAGED), found.toString());
  }

  private LayoutCheck layout() {
    return new LayoutCheck(folder);
  }
}
