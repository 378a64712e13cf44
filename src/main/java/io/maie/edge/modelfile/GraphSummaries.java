package io.maie.edge.modelfile;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.GraphSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Summaries of graphs, remembered while a file's size and modification time stay the same.
 * Thread-safe.
 */
final class GraphSummaries {
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  private record Known(long bytes, FileTime modified, GraphSummary summary) {}

  /**
   * Summary of {@code file}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is no model
   */
  GraphSummary of(Path file) throws ProcessingException, IOException {
    long bytes = Files.size(file);
    FileTime modified = Files.getLastModifiedTime(file);
    @Nullable Known before = known.get(file);
    if (before != null && before.bytes == bytes && before.modified.equals(modified)) {
      return before.summary;
    }
    try {
      GraphSummary summary = GraphSummary.read(file);
      known.put(file, new Known(bytes, modified, summary));
      return summary;
    } catch (IOException e) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected an ONNX graph, found something else: '" + file + "'",
          "Copy the model's files again",
          e);
    }
  }
}
