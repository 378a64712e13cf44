package io.maie.edge.text.summary;

import static java.util.Objects.requireNonNull;

import io.maie.edge.result.Summary;
import java.util.List;

/**
 * A summary that was made.
 *
 * @param remarks remarks for readers on the way it was made, one sentence each
 */
public record Summarized(Summary summary, List<String> remarks) {

  public Summarized {
    requireNonNull(summary, "summary is null");
    remarks = List.copyOf(remarks);
  }
}
