package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The graphs of a Whisper folder that are used.
 *
 * @param encoder path inside the folder
 * @param decoder path inside the folder
 * @param decoderWithPast path inside the folder; empty if the decoder is merged
 * @param precision of the decoder, which most of the time is spent in
 * @param external files beside the graphs that hold their weights
 */
record WhisperGraphs(
    String encoder,
    String decoder,
    Optional<String> decoderWithPast,
    Precision precision,
    List<String> external) {

  /** Where exporters put graphs; the second is for folders that were made by hand. */
  private static final List<String> PLACES = List.of("onnx/", "");

  /** A graph beyond 2 GB keeps its weights in a file beside it, or in several that are numbered. */
  private static final Pattern WEIGHTS = Pattern.compile("(.*\\.onnx)_data(_[0-9]{1,3})?");

  WhisperGraphs {
    external = List.copyOf(external);
  }

  /**
   * The best graphs that are complete.
   *
   * @param names of all files there are, with slashes: on disk, or in a hub's listing
   * @param where they are, for messages
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} that names what is missing
   */
  static WhisperGraphs among(Set<String> names, GraphPreference preference, String where)
      throws ProcessingException {
    List<Precision> preferred = preference.order();
    Optional<Found> encoder = first(names, "encoder_model", preferred);
    Optional<Found> merged = first(names, "decoder_model_merged", preferred);
    Optional<Found> plain = first(names, "decoder_model", preferred);
    Optional<Found> withPast = first(names, "decoder_with_past_model", preferred);
    if (encoder.isEmpty()) {
      throw missing(where, "onnx/encoder_model", preference);
    }
    if (merged.isPresent()) {
      return of(names, encoder.get(), merged.get(), Optional.empty());
    }
    if (plain.isEmpty()) {
      throw missing(where, "onnx/decoder_model_merged", preference);
    }
    if (withPast.isEmpty()) {
      throw missing(where, "onnx/decoder_with_past_model", preference);
    }
    return of(names, encoder.get(), plain.get(), withPast);
  }

  private static WhisperGraphs of(
      Set<String> names, Found encoder, Found decoder, Optional<Found> withPast) {
    Set<String> graphs = new TreeSet<>(List.of(encoder.path(), decoder.path()));
    withPast.map(Found::path).ifPresent(graphs::add);
    List<String> external =
        names.stream().filter(name -> holdsWeightsOfOne(name, graphs)).sorted().toList();
    return new WhisperGraphs(
        encoder.path(), decoder.path(), withPast.map(Found::path), decoder.precision(), external);
  }

  private static boolean holdsWeightsOfOne(String name, Set<String> graphs) {
    Matcher weights = WEIGHTS.matcher(name);
    return weights.matches() && graphs.contains(weights.group(1));
  }

  private static Optional<Found> first(Set<String> names, String graph, List<Precision> preferred) {
    for (Precision precision : preferred) {
      for (String place : PLACES) {
        String path = place + graph + precision.suffix() + ".onnx";
        if (names.contains(path)) {
          return Optional.of(new Found(path, precision));
        }
      }
    }
    return Optional.empty();
  }

  private static ProcessingException missing(
      String where, String graph, GraphPreference preference) {
    String expected =
        preference
            .variant()
            .map(variant -> "'%s_%s.onnx', the variant asked for,".formatted(graph, variant))
            .orElse("'%s.onnx', or one with a suffix such as '_int8',".formatted(graph));
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s in %s, found none".formatted(expected, where),
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

  /** Why these, for people. */
  String reason(GraphPreference preference) {
    return "%s and %s: %s".formatted(encoder, decoder, preference.reason());
  }

  ManifestSection settings(Path folder) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("encoder", encoder).put("decoder", decoder);
    decoderWithPast.ifPresent(path -> object.put("decoder_with_past", path));
    object.put("compute_type", precision.label());
    return ManifestSection.whole(object, folder.toString());
  }

  /** A graph that is there. */
  private record Found(String path, Precision precision) {}
}
