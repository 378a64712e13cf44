package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import java.util.List;

/**
 * Place where a statement of a summary was said.
 *
 * @param path a JSON Pointer into the summary
 * @param spans in the order of the statement; at least one, unless it was not said
 * @param unsupported names, dates and numbers in it that were not said, as they stand there
 */
public record SummarySource(String path, List<SampleSpan> spans, List<String> unsupported) {

  public SummarySource {
    requireNonNull(path, "path is null");
    spans = List.copyOf(spans);
    unsupported = List.copyOf(unsupported);
  }

  /** The source of a statement that was said. */
  public SummarySource(String path, List<SampleSpan> spans) {
    this(path, spans, List.of());
  }
}
