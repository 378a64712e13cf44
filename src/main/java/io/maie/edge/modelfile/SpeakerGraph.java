package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Declaration of a graph that tells speakers apart: pyannote's powerset segmentation, samples
 * (windows, 1, samples) to scores (windows, frames, classes), or an embedding over Kaldi's filter
 * bank, energies (1, frames, 80) to a vector (1, dimensions). Metadata are those that sherpa-onnx
 * adds.
 *
 * @param family as manifests call it
 * @param settings a manifest's section of that family
 */
record SpeakerGraph(ModelTask task, String family, ManifestSection settings) {
  private static final int BANDS = 80;
  private static final int INT16_SCALE = 32_768;
  private static final String FRAMEWORK = "framework";
  private static final String MOST_AT_ONCE = "powerset_max_classes";

  /** Classes of models whose speakers talk two at once: of 2, 3, 4, and 5 speakers. */
  private static final List<Long> CLASSES = List.of(4L, 7L, 11L, 16L);

  /** Name of the input in 3D-Speaker's graphs; other graphs take WeSpeaker's input. */
  private static final List<String> NORMALIZED_INPUTS = List.of("feature", "fbank", "x");

  /**
   * Tells the kind of a graph.
   *
   * @param model its file in the folder
   * @return empty if it is something else
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it tells speakers apart in a way that
   *     this program does not know
   */
  static Optional<SpeakerGraph> of(GraphMetadata metadata, String model)
      throws ProcessingException {
    GraphSummary graph = metadata.graph();
    if (graph.metadata().containsKey(MOST_AT_ONCE) || looksLikeSegmentation(graph)) {
      return Optional.of(segmentation(metadata, model));
    }
    boolean isKnown = graph.metadata().containsKey(FRAMEWORK) && isVector(graph);
    return isKnown || looksLikeEmbedding(graph)
        ? Optional.of(embedding(metadata, model))
        : Optional.empty();
  }

  private static boolean looksLikeSegmentation(GraphSummary graph) {
    List<Long> input = graph.inputs().get(0).sizes();
    List<Long> output = graph.outputs().get(0).sizes();
    return graph.inputs().size() == 1
        && input.size() == 3
        && input.get(1) <= 1
        && input.get(2) != BANDS
        && output.size() == 3
        && CLASSES.contains(output.get(2));
  }

  private static boolean looksLikeEmbedding(GraphSummary graph) {
    List<Long> input = graph.inputs().get(0).sizes();
    return graph.inputs().size() == 1
        && input.size() == 3
        && input.get(2) == BANDS
        && isVector(graph);
  }

  private static boolean isVector(GraphSummary graph) {
    return graph.outputs().stream().anyMatch(output -> output.sizes().size() == 2);
  }

  private static SpeakerGraph segmentation(GraphMetadata metadata, String model)
      throws ProcessingException {
    requireSampleRate(metadata);
    requireFrames(metadata);
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("model", model);
    Optional<Integer> speakers = metadata.numberIfThere("num_speakers");
    if (speakers.isPresent()) {
      settings.put("local_speakers", speakers.get());
      settings.put("simultaneous_speakers", metadata.number(MOST_AT_ONCE));
    }
    return new SpeakerGraph(
        ModelTask.SPEAKER_SEGMENTATION, "pyannote", section(settings, metadata.folder()));
  }

  /** Frames lie where those of pyannote's models lie. */
  private static void requireFrames(GraphMetadata metadata) throws ProcessingException {
    Optional<Integer> hop = metadata.numberIfThere("receptive_field_shift");
    Optional<Integer> field = metadata.numberIfThere("receptive_field_size");
    if (hop.orElse(270) != 270 || field.orElse(991) != 991) {
      throw new LayoutCheck(metadata.folder())
          .wrong(
              "a frame of 991 samples every 270",
              "%d every %d".formatted(field.orElse(991), hop.orElse(270)));
    }
  }

  private static SpeakerGraph embedding(GraphMetadata metadata, String model)
      throws ProcessingException {
    requireSampleRate(metadata);
    GraphSummary graph = metadata.graph();
    GraphSummary.Port input = graph.inputs().get(0);
    boolean fits =
        graph.inputs().size() == 1
            && input.sizes().size() == 3
            && input.lastSize().orElse((long) BANDS) == BANDS;
    if (!fits) {
      throw new LayoutCheck(metadata.folder())
          .wrong(
              "an embedding model over frames of 80 filter bank energies, with one input",
              graph.inputs().size() + " inputs, of sizes " + input.sizes());
    }
    boolean isNormalized =
        metadata
            .numberIfThere("normalize_samples")
            .map(number -> number != 0)
            .orElse(NORMALIZED_INPUTS.contains(input.name()));
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("model", model);
    settings.put("window", isNormalized ? "povey" : "hamming_symmetric");
    settings.put("sample_scale", isNormalized ? 1 : INT16_SCALE);
    return new SpeakerGraph(
        ModelTask.SPEAKER_EMBEDDING, "fbank_embedding", section(settings, metadata.folder()));
  }

  private static void requireSampleRate(GraphMetadata metadata) throws ProcessingException {
    int rate = metadata.numberIfThere("sample_rate").orElse(Waveform.SAMPLE_RATE);
    if (rate != Waveform.SAMPLE_RATE) {
      throw new LayoutCheck(metadata.folder())
          .wrong("a model of 16000 samples a second", String.valueOf(rate));
    }
  }

  private static ManifestSection section(ObjectNode settings, Path folder) {
    return ManifestSection.whole(settings, folder.toString());
  }
}
