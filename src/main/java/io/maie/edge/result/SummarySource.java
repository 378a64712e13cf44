package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import java.util.List;

/**
 * Where a statement of a summary was said.
 *
 * @param path a JSON Pointer into the summary
 * @param spans at least one, in the order of the statement
 */
public record SummarySource(String path, List<SampleSpan> spans) {

  public SummarySource {
    requireNonNull(path, "path is null");
    spans = List.copyOf(spans);
  }
}
