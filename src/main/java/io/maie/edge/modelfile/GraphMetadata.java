package io.maie.edge.modelfile;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Numbers that an exporter wrote into a graph.
 *
 * @param folder for messages
 */
record GraphMetadata(GraphSummary graph, Path folder) {

  /**
   * A whole number that has to be there.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is not
   */
  int number(String key) throws ProcessingException {
    Optional<Integer> number = numberIfThere(key);
    if (number.isEmpty()) {
      throw new LayoutCheck(folder)
          .wrong("a number as %s in the metadata of the graph".formatted(key), "none");
    }
    return number.get();
  }

  /**
   * A whole number, if it is there.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is something else
   */
  Optional<Integer> numberIfThere(String key) throws ProcessingException {
    String value = graph.metadata().get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.parseInt(value.strip()));
    } catch (NumberFormatException e) {
      throw new LayoutCheck(folder)
          .wrong("a number as %s in the metadata of the graph".formatted(key), "'" + value + "'");
    }
  }

  /**
   * Numbers with commas between them.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if there are not {@code count}
   */
  List<Double> numbers(String key, int count) throws ProcessingException {
    String[] parts = graph.metadata().getOrDefault(key, "").split(",", -1);
    if (parts.length != count) {
      throw new LayoutCheck(folder)
          .wrong(
              "%d numbers as %s in the metadata of the graph".formatted(count, key),
              String.valueOf(parts.length));
    }
    try {
      return Arrays.stream(parts).map(String::strip).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new LayoutCheck(folder)
          .wrong("numbers as %s in the metadata of the graph".formatted(key), "something else");
    }
  }
}
