package io.maie.edge.modelfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The graph of a language model that is used.
 *
 * @param path inside the folder
 * @param external files beside the graph that hold its weights
 */
record DecoderGraphFile(String path, Precision precision, List<String> external) {
  private static final List<String> PLACES = List.of("onnx/", "");

  /** A graph may keep its weights in a file beside it, or in several that are numbered. */
  private static final Pattern WEIGHTS = Pattern.compile("(.*\\.onnx)_data(_[0-9]{1,3})?");

  DecoderGraphFile {
    external = List.copyOf(external);
  }

  /** The best graph among files; empty if there is none. */
  static Optional<DecoderGraphFile> among(Set<String> names, GraphPreference preference) {
    for (Precision precision : order(preference)) {
      for (String place : PLACES) {
        String path = place + "model" + precision.suffix() + ".onnx";
        if (names.contains(path)) {
          return Optional.of(new DecoderGraphFile(path, precision, external(names, path)));
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> external(Set<String> names, String path) {
    return names.stream()
        .filter(
            name -> {
              Matcher weights = WEIGHTS.matcher(name);
              return weights.matches() && weights.group(1).equals(path);
            })
        .sorted()
        .toList();
  }

  /**
   * From best to worst. The weights of a language model pass through the processor at every token,
   * so that a graph is as fast as it is small: 4 bits in blocks lose little. Published graphs of 8
   * bits round activations with one scale, and lose more; they are the smallest whole, as the table
   * of words is in 8 bits as well.
   */
  private static List<Precision> order(GraphPreference preference) {
    List<Precision> rest = preference.hardware().precisions(preference.littleMemory());
    List<Precision> order = new ArrayList<>();
    if (preference.hardware() != Hardware.GPU && !preference.littleMemory()) {
      order.add(Precision.Q4);
    }
    rest.stream()
        .filter(precision -> precision != Precision.Q8 && !order.contains(precision))
        .forEach(order::add);
    return order;
  }

  /** Every file that is read. */
  List<String> files() {
    List<String> files = new ArrayList<>(List.of(path));
    files.addAll(external);
    return files;
  }

  /** The reason for this choice, for people. */
  String reason(GraphPreference preference) {
    if (preference.hardware() == Hardware.GPU || preference.littleMemory()) {
      return preference.reason();
    }
    return "4 bits in blocks are fastest and lose little";
  }
}
