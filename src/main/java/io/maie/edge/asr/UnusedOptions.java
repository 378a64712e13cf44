package io.maie.edge.asr;

import io.maie.edge.progress.Stage;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of a recording that its model does not support, for models that only transcribe.
 *
 * @param usesVocabulary whether the search prefers words that are asked for
 */
public record UnusedOptions(String modelName, RecognitionOptions options, boolean usesVocabulary) {

  /** Notes for the reader of the transcript. */
  public List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    if (options.translate()) {
      warnings.add(unavailable("translation"));
    }
    if (options.initialPrompt() != null) {
      warnings.add(unavailable("an initial prompt"));
    }
    if (!options.vocabulary().isEmpty() && !usesVocabulary) {
      warnings.add(unavailable("a vocabulary"));
    }
    return List.copyOf(warnings);
  }

  private Warning unavailable(String option) {
    return new Warning(
        WarningCode.FEATURE_UNAVAILABLE,
        Stage.ASR.label(),
        "The model '%s' cannot use %s; it was left out".formatted(modelName, option));
  }
}
