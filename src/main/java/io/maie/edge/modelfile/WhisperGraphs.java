package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  WhisperGraphs {
    external = List.copyOf(external);
  }

  /**
   * The best graphs that are complete.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} that names what is missing
   */
  static WhisperGraphs find(Path folder, GraphPreference preference) throws ProcessingException {
    List<Precision> preferred = preference.order();
    Optional<Found> encoder = first(folder, "encoder_model", preferred);
    Optional<Found> merged = first(folder, "decoder_model_merged", preferred);
    Optional<Found> plain = first(folder, "decoder_model", preferred);
    Optional<Found> withPast = first(folder, "decoder_with_past_model", preferred);
    if (encoder.isEmpty()) {
      throw missing(folder, "onnx/encoder_model", preference);
    }
    if (merged.isPresent()) {
      return of(folder, encoder.get(), merged.get(), Optional.empty());
    }
    if (plain.isEmpty()) {
      throw missing(folder, "onnx/decoder_model_merged", preference);
    }
    if (withPast.isEmpty()) {
      throw missing(folder, "onnx/decoder_with_past_model", preference);
    }
    return of(folder, encoder.get(), plain.get(), withPast);
  }

  private static WhisperGraphs of(
      Path folder, Found encoder, Found decoder, Optional<Found> withPast) {
    List<String> external = new ArrayList<>();
    for (String file :
        List.of(encoder.path(), decoder.path(), withPast.map(Found::path).orElse(decoder.path()))) {
      String data = file + "_data";
      if (Files.isRegularFile(folder.resolve(data)) && !external.contains(data)) {
        external.add(data);
      }
    }
    return new WhisperGraphs(
        encoder.path(), decoder.path(), withPast.map(Found::path), decoder.precision(), external);
  }

  private static Optional<Found> first(Path folder, String graph, List<Precision> preferred) {
    for (Precision precision : preferred) {
      for (String place : PLACES) {
        String path = place + graph + precision.suffix() + ".onnx";
        if (Files.isRegularFile(folder.resolve(path))) {
          return Optional.of(new Found(path, precision));
        }
      }
    }
    return Optional.empty();
  }

  private static ProcessingException missing(
      Path folder, String graph, GraphPreference preference) {
    String expected =
        preference
            .variant()
            .map(variant -> "'%s_%s.onnx', as the settings ask for,".formatted(graph, variant))
            .orElse("'%s.onnx', or one with a suffix such as '_int8',".formatted(graph));
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s in the Whisper folder '%s', found none".formatted(expected, folder),
        preference.variant().isPresent()
            ? "Correct asr.whisper.variant, or copy the file from where the model is published"
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
  String reason() {
    return "%s and %s: the first of the precisions there are that suits this device"
        .formatted(encoder, decoder);
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
