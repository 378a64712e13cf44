package io.maie.edge.text.ground;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.result.SummarySource;
import java.util.List;

/**
 * A summary without what was not said, as far as its schema allows.
 *
 * @param sources the places of the statements in the recording, and what of them was not said
 * @param share of the statements that were said somewhere and name nothing else, 0 to 1
 * @param removed the number of removed statements or fields
 */
public record Grounded(ObjectNode content, List<SummarySource> sources, double share, int removed) {

  public Grounded {
    requireNonNull(content, "content is null");
    sources = List.copyOf(sources);
  }
}
