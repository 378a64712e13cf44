package io.maie.edge.text.extract;

import static java.util.Objects.requireNonNull;

/**
 * A term and the sentence that explains it.
 *
 * @param term as it is said, without an article
 */
public record Definition(Statement term, Statement explanation) {

  public Definition {
    requireNonNull(term, "term is null");
    requireNonNull(explanation, "explanation is null");
  }
}
