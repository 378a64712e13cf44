package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Checks that the parts of a ChunkFormer folder fit each other.
 *
 * @param said {@code chunkformer.json}
 * @param settings name the files
 */
record ChunkformerGraphs(
    Path folder, ObjectNode said, ObjectNode settings, GraphSummaries summaries) {
  private static final List<String> STEP_INPUTS =
      List.of("frames", "length", "offset", "keep", "att_cache", "conv_cache");

  /**
   * Compares shapes, numbers and the token table.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if something does not fit
   */
  void requireFit() throws ProcessingException, IOException {
    int tokens = TokenLines.read(folder.resolve(settings.path("tokens").asText())).count();
    layout()
        .requireSize(
            Optional.of(said.path("vocabulary").asLong()),
            tokens,
            "tokens in %s, as in tokens.txt".formatted(ChunkformerLayout.DESCRIPTION));
    long size = settings.path("size").asLong();
    GraphSummary encoder = graph("encoder");
    requireSteps(encoder);
    layout()
        .requireSize(
            graph("stem").outputs().get(0).lastSize(), size, "numbers per frame from the stem");
    layout()
        .requireSize(
            encoder.inputs().get(0).lastSize(), size, "numbers per frame that the encoder takes");
    layout()
        .requireSize(
            graph("stem").inputs().get(0).lastSize(),
            settings.path("bands").asLong(),
            "bands of the stem");
    if (settings.has("ctc")) {
      layout()
          .requireSize(
              graph("ctc").outputs().get(0).lastSize(),
              tokens,
              "scores of the CTC head, one a token");
    }
    if (settings.has("joiner")) {
      new TransducerHead(graph("predictor"), graph("joiner"), layout()).requireFit(tokens, size);
    }
  }

  private void requireSteps(GraphSummary encoder) throws ProcessingException {
    for (String name : STEP_INPUTS) {
      GraphSummary.Port input =
          encoder.inputs().stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> layout().wrong("the input '%s' of the encoder".formatted(name), "none"));
      JsonNode shape = said.path(name + "_shape");
      for (int axis = 0; axis < shape.size(); axis++) {
        layout()
            .requireSize(
                input.size(axis),
                shape.get(axis).asLong(),
                "as axis %d of %s, as %s has it"
                    .formatted(axis, name, ChunkformerLayout.DESCRIPTION));
      }
    }
  }

  private GraphSummary graph(String key) throws ProcessingException, IOException {
    return summaries.of(folder.resolve(settings.path(key).asText()));
  }

  private LayoutCheck layout() {
    return new LayoutCheck(folder);
  }
}
