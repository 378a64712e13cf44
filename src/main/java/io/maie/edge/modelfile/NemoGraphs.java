package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The graphs of a transducer of NVIDIA NeMo: a recurrent predictor.
 *
 * @param predictor with the joiner in it if there is no other
 * @param separateJoiner encoded frames are a joiner's first input, scores its first output
 * @param config {@code config.json}, if there is one
 */
record NemoGraphs(
    Path folder,
    GraphSummary encoder,
    GraphSummary predictor,
    Optional<GraphSummary> separateJoiner,
    Optional<ObjectNode> config,
    TokenLines tokens) {
  private static final String TDT = "nemo-conformer-tdt";
  private static final String RNNT = "nemo-conformer-rnnt";
  private static final int OLD_BANDS = 80;
  private static final int SUBSAMPLING = 8;
  private static final int HOP_MILLIS = 10;

  /** Durations of published TDT models: 0 to 4 frames. */
  private static final int DURATIONS = 5;

  /** The token, the number of tokens, two states; the prediction and the same again. */
  private static final int PREDICTOR_PORTS = 4;

  private static final int MAX_SYMBOLS = 10;

  /** Adds the settings that depend on the graphs. */
  void describe(ObjectNode settings) throws ProcessingException {
    requireFit();
    settings.put("durations", durations());
    settings.put("frame_shift_ms", HOP_MILLIS * number("subsampling_factor", SUBSAMPLING));
    settings.put("layout", "bands_frames");
    settings.put("max_symbols_per_frame", MAX_SYMBOLS);
    ObjectNode frontEnd =
        settings
            .putObject("frontend")
            .put("type", "log_mel")
            .put("bands", bands())
            .put("n_fft", 512)
            .put("preemphasis", 0.97)
            .put("log_offset", 0x1p-24)
            .put("count", "hops");
    if (normalizes()) {
      frontEnd.put("normalize", "per_feature");
    }
  }

  private void requireFit() throws ProcessingException {
    boolean isJoined = separateJoiner.isEmpty();
    requirePorts(
        "inputs of the predictor", predictor.inputs(), PREDICTOR_PORTS + (isJoined ? 1 : 0));
    requirePorts("outputs of the predictor", predictor.outputs(), PREDICTOR_PORTS);
    if (!isJoined) {
      requirePorts("inputs of the joiner", joiner().inputs(), 2);
    }
    Optional<Long> given = encoder.outputs().get(0).size(1);
    if (given.isPresent()) {
      new LayoutCheck(folder)
          .requireSize(
              joiner().inputs().get(0).size(1),
              given.get(),
              "numbers per frame that the joiner takes from the encoder");
    }
    String said = encoder.metadata().get("vocab_size");
    if (said != null && !said.equals(String.valueOf(tokens.count() - 1))) {
      throw new LayoutCheck(folder)
          .wrong(
              (tokens.count() - 1) + " tokens beside blank in the metadata, as in the token table",
              said);
    }
  }

  private GraphSummary joiner() {
    return separateJoiner.orElse(predictor);
  }

  private void requirePorts(String what, List<GraphSummary.Port> ports, int count)
      throws ProcessingException {
    if (ports.size() != count) {
      throw new LayoutCheck(folder)
          .wrong("%d %s".formatted(count, what), String.valueOf(ports.size()));
    }
  }

  /** Outputs of the joiner behind the tokens. */
  private long durations() throws ProcessingException {
    String type = config.map(object -> object.path("model_type").asText()).orElse("");
    if (config.isPresent() && !type.equals(TDT) && !type.equals(RNNT)) {
      throw new LayoutCheck(folder)
          .wrong("model_type %s or %s in config.json".formatted(TDT, RNNT), "'" + type + "'");
    }
    Optional<Long> scores = joiner().outputs().get(0).lastSize();
    boolean isNamedTdt = String.valueOf(folder.getFileName()).contains("tdt");
    long durations =
        scores
            .map(all -> all - tokens.count())
            .orElse(type.equals(TDT) || isNamedTdt ? (long) DURATIONS : 0L);
    boolean contradicts =
        (type.equals(RNNT) && durations > 0) || (type.equals(TDT) && durations == 0);
    if ((durations != 0 && durations != DURATIONS) || contradicts) {
      throw new LayoutCheck(folder)
          .wrong(
              "%d scores of the joiner%s, as many as there are tokens%s"
                  .formatted(
                      tokens.count() + (type.equals(TDT) ? DURATIONS : 0),
                      type.isEmpty() ? "" : " of a " + type,
                      type.equals(TDT) ? " and durations" : ""),
              String.valueOf(scores.orElse(0L)));
    }
    return durations;
  }

  private long bands() throws ProcessingException {
    Optional<Long> declared = encoder.inputs().get(0).size(1);
    long said = number("features_size", declared.map(Long::intValue).orElse(OLD_BANDS));
    new LayoutCheck(folder).requireSize(declared, said, "bands as config.json has it");
    return said;
  }

  private boolean normalizes() throws ProcessingException {
    String type = encoder.metadata().getOrDefault("normalize_type", "per_feature");
    if (!type.equals("per_feature") && !type.isEmpty() && !type.equals("NA")) {
      throw new LayoutCheck(folder)
          .wrong("normalize_type per_feature in the metadata of the encoder", "'" + type + "'");
    }
    return type.equals("per_feature");
  }

  /** From the description, else from the metadata. */
  private int number(String key, int fallback) throws ProcessingException {
    if (config.isPresent() && config.get().has(key)) {
      int value = config.get().path(key).asInt();
      if (value < 1) {
        throw new LayoutCheck(folder)
            .wrong(
                "a number of 1 or more as %s in config.json".formatted(key),
                config.get().path(key).toString());
      }
      return value;
    }
    return new GraphMetadata(encoder, folder).numberIfThere(key).orElse(fallback);
  }
}
