package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Description of a transducer from a folder's graphs and documents.
 *
 * @param name for people
 * @param settings a manifest's section {@code transducer}
 */
record TransducerDescription(String name, ManifestSection settings) {
  /** Inputs of the encoder of a whole window: features and their number. */
  private static final int WHOLE_WINDOW = 2;

  private static final int WINDOW_SECONDS = 30;

  /**
   * Reads the graphs.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if something does not fit
   */
  static TransducerDescription of(Path folder, TransducerParts parts, GraphSummaries summaries)
      throws ProcessingException, IOException {
    GraphSummary encoder = summaries.of(folder.resolve(parts.encoder()));
    GraphSummary predictor = summaries.of(folder.resolve(parts.predictor()));
    requireWholeWindows(encoder, folder.resolve(parts.encoder()));
    TokenLines tokens = TokenLines.read(folder.resolve(parts.tokens()));
    if (!tokens.hasBlank()) {
      throw new LayoutCheck(folder.resolve(parts.tokens()))
          .wrong("the token " + TokenLines.BLANK, "none");
    }
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("encoder", parts.encoder());
    if (parts.joiner().isPresent()) {
      settings.put("predictor", parts.predictor()).put("joiner", parts.joiner().get());
    } else {
      settings.put("predictor_joiner", parts.predictor());
    }
    if (parts.ctc().isPresent()) {
      requireHybrid(folder, parts.ctc().get(), encoder, summaries, tokens);
      settings.put("ctc", parts.ctc().get());
    }
    settings.put("tokens", parts.tokens()).put("blank", TokenLines.BLANK);
    settings.put("compute_type", parts.precision().label());
    settings.put("max_window_seconds", WINDOW_SECONDS);
    boolean isStateless = predictor.inputs().size() == 1;
    if (isStateless) {
      Path joinerFile = folder.resolve(parts.joiner().orElse(parts.predictor()));
      new IcefallGraphs(folder, encoder, predictor, summaries.of(joinerFile), tokens)
          .describe(settings);
    } else {
      Optional<GraphSummary> joiner =
          parts.joiner().isEmpty()
              ? Optional.empty()
              : Optional.of(summaries.of(folder.resolve(parts.joiner().get())));
      Optional<ObjectNode> config = JsonFile.readIfThere(folder.resolve("config.json"));
      new NemoGraphs(folder, encoder, predictor, joiner, config, tokens).describe(settings);
    }
    return new TransducerDescription(
        String.valueOf(folder.getFileName()), ManifestSection.whole(settings, folder.toString()));
  }

  /** The graph with a CTC head hears the same features and knows the same tokens. */
  private static void requireHybrid(
      Path folder, String file, GraphSummary encoder, GraphSummaries summaries, TokenLines tokens)
      throws ProcessingException, IOException {
    GraphSummary graph = summaries.of(folder.resolve(file));
    requireWholeWindows(graph, folder.resolve(file));
    new LayoutCheck(folder.resolve(file))
        .requireSize(
            graph.outputs().get(0).lastSize(),
            tokens.count(),
            "scores of the CTC graph, as many as there are tokens");
    for (int axis = 1; axis <= 2; axis++) {
      Optional<Long> taken = encoder.inputs().get(0).size(axis);
      if (taken.isPresent()) {
        new LayoutCheck(folder.resolve(file))
            .requireSize(
                graph.inputs().get(0).size(axis),
                taken.get(),
                "bands of the CTC graph, as the encoder takes them");
      }
    }
  }

  private static void requireWholeWindows(GraphSummary encoder, Path file)
      throws ProcessingException {
    if (encoder.inputs().size() != WHOLE_WINDOW) {
      throw new LayoutCheck(file)
          .wrong(
              "an encoder that hears whole windows, with features and their number as inputs",
              encoder.inputs().size() + " inputs, as models for streaming have");
    }
  }
}
