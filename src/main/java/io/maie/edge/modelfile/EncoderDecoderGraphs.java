package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The graphs of an encoder-decoder model that are used.
 *
 * @param encoder path inside the folder
 * @param decoder path inside the folder
 * @param decoderWithPast path inside the folder; empty if the decoder is merged
 * @param precision of the decoder, which most of the time is spent in
 * @param paired whether all are of that precision
 * @param external files beside the graphs that hold their weights
 */
record EncoderDecoderGraphs(
    String encoder,
    String decoder,
    Optional<String> decoderWithPast,
    Precision precision,
    boolean paired,
    List<String> external) {

  /**
   * The folders into which exporters put graphs; the second is for folders that were made by hand.
   */
  private static final List<String> PLACES = List.of("onnx/", "");

  private static final String[] MERGED = {"encoder_model", "decoder_model_merged"};

  private static final String[] TWO_FILES = {
    "encoder_model", "decoder_model", "decoder_with_past_model"
  };

  /** A graph beyond 2 GB keeps its weights in a file beside it, or in several that are numbered. */
  private static final Pattern WEIGHTS = Pattern.compile("(.*\\.onnx)_data(_[0-9]{1,3})?");

  EncoderDecoderGraphs {
    external = List.copyOf(external);
  }

  /**
   * The best complete graphs: all of one precision if possible, since the graphs exchange tensors;
   * else the best of each.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} that names what is missing
   */
  static EncoderDecoderGraphs among(FileListing files, GraphPreference preference)
      throws ProcessingException {
    Set<String> names = files.names();
    for (String[] set : List.of(MERGED, TWO_FILES)) {
      for (Precision precision : preference.order()) {
        List<Found> found = new Search(names, List.of(precision)).all(set);
        if (found.size() == set.length) {
          return of(names, found);
        }
      }
    }
    Search search = new Search(names, preference.order());
    String[] set = search.first(MERGED[1]).isPresent() ? MERGED : TWO_FILES;
    List<Found> found = search.all(set);
    if (found.size() < set.length) {
      String expected = expected(search.firstMissing(), preference);
      throw missing("Expected %s in %s, found none".formatted(expected, files.where()), preference);
    }
    return of(names, found);
  }

  /** The same with the encoder of 32-bit floats, if there is one. */
  EncoderDecoderGraphs withEncoderOfFloats(Set<String> names) {
    Optional<Found> floats = new Search(names, List.of(Precision.FP32)).first(MERGED[0]);
    if (floats.isEmpty()) {
      return this;
    }
    List<Found> found = new ArrayList<>();
    found.add(floats.get());
    found.add(new Found(decoder, precision));
    decoderWithPast.ifPresent(path -> found.add(new Found(path, precision)));
    return of(names, found);
  }

  /**
   * Looks for graphs among files.
   *
   * @param preferred precisions, the best first
   */
  private record Search(Set<String> names, List<Precision> preferred) {

    /** The best available variant of each graph. */
    List<Found> all(String... set) {
      return Arrays.stream(set).flatMap(graph -> first(graph).stream()).toList();
    }

    /**
     * The name of the first missing file. A model with the first of two decoder files lacks the
     * second; otherwise a merged one is expected.
     */
    String firstMissing() {
      if (first(MERGED[0]).isEmpty()) {
        return "onnx/" + MERGED[0];
      }
      boolean half = first(TWO_FILES[1]).isPresent();
      return "onnx/" + (half ? TWO_FILES[2] : MERGED[1]);
    }

    Optional<Found> first(String graph) {
      for (Precision precision : preferred) {
        // a rounded decoder is made for the encoder of floats that it came with
        boolean ofFloats = precision == Precision.Q8 && graph.equals(MERGED[0]);
        String suffix = (ofFloats ? Precision.FP32 : precision).suffix();
        for (String place : PLACES) {
          String path = place + graph + suffix + ".onnx";
          if (names.contains(path)) {
            return Optional.of(new Found(path, precision));
          }
        }
      }
      return Optional.empty();
    }
  }

  /** In the order of {@link #MERGED} or {@link #TWO_FILES}. */
  private static EncoderDecoderGraphs of(Set<String> names, List<Found> found) {
    Set<String> graphs = found.stream().map(Found::path).collect(Collectors.toSet());
    List<String> external =
        names.stream().filter(name -> holdsWeightsOfOne(name, graphs)).sorted().toList();
    return new EncoderDecoderGraphs(
        found.get(0).path(),
        found.get(1).path(),
        found.stream().skip(2).map(Found::path).findFirst(),
        found.get(1).precision(),
        found.stream().map(Found::precision).distinct().count() == 1,
        external);
  }

  private static boolean holdsWeightsOfOne(String name, Set<String> graphs) {
    Matcher weights = WEIGHTS.matcher(name);
    return weights.matches() && graphs.contains(weights.group(1));
  }

  private static String expected(String graph, GraphPreference preference) {
    return preference
        .variant()
        .map(variant -> "'%s_%s.onnx', the variant asked for,".formatted(graph, variant))
        .orElse("'%s.onnx', or one with a suffix such as '_int8',".formatted(graph));
  }

  private static ProcessingException missing(String message, GraphPreference preference) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        message,
        preference.variant().isPresent()
            ? "Correct asr.whisper.variant or --variant, or copy the file from where the model is"
                + " published"
            : "Copy it from where the model is published");
  }

  /** Every file that is read. */
  List<String> files() {
    List<String> files = new ArrayList<>(List.of(encoder, decoder));
    decoderWithPast.ifPresent(files::add);
    files.addAll(external);
    return files;
  }

  /** The reason for these graphs, for people. */
  String reason(GraphPreference preference) {
    return "%s and %s: %s%s"
        .formatted(
            encoder, decoder, preference.reason(), paired ? "" : "; no precision has all graphs");
  }

  ManifestSection settings(Path folder) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    describe(object);
    return ManifestSection.whole(object, folder.toString());
  }

  /** Adds the settings that name the graphs. */
  void describe(ObjectNode object) {
    object.put("encoder", encoder).put("decoder", decoder);
    decoderWithPast.ifPresent(path -> object.put("decoder_with_past", path));
    object.put("compute_type", precision.label());
  }

  /** A graph that is there. */
  private record Found(String path, Precision precision) {}
}
