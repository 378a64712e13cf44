package io.maie.edge.text.evaluation;

import java.util.List;

/**
 * A transcript and what people wrote about it.
 *
 * @param id name of its folder
 * @param language {@code en} or {@code vi}
 * @param references two
 */
record EvaluationText(
    String id, String language, List<Utterance> utterances, List<Reference> references) {

  EvaluationText {
    utterances = List.copyOf(utterances);
    references = List.copyOf(references);
  }

  /** Sentences of an average reference summary. */
  int summarySentences() {
    return (int)
        Math.round(references.stream().mapToInt(r -> r.summary().size()).average().orElseThrow());
  }
}
