package io.maie.edge.text.correct;

import static java.util.Objects.requireNonNull;

import io.maie.edge.result.CleanedText;
import java.util.List;

/**
 * A transcript that a language model went over.
 *
 * @param remarks remarks for readers on the way it was made, one sentence each
 */
public record Corrected(CleanedText cleaned, List<String> remarks) {

  public Corrected {
    requireNonNull(cleaned, "cleaned is null");
    remarks = List.copyOf(remarks);
  }
}
