package io.maie.edge.text.summary;

import static java.util.Objects.requireNonNull;

import io.maie.edge.result.CleanedText;
import io.maie.edge.text.template.Template;
import io.maie.edge.transcript.Transcript;
import java.util.Map;

/**
 * Input of a summary.
 *
 * @param cleaned of {@code transcript}
 * @param names of the speakers whose names are known, by their ids
 */
public record SummaryInput(
    Template template, Transcript transcript, CleanedText cleaned, Map<String, String> names) {

  public SummaryInput {
    requireNonNull(template, "template is null");
    requireNonNull(transcript, "transcript is null");
    requireNonNull(cleaned, "cleaned is null");
    names = Map.copyOf(names);
  }
}
