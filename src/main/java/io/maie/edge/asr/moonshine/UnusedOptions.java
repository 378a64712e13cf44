package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.progress.Stage;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import java.util.ArrayList;
import java.util.List;

/** Options of a recording that no Moonshine model supports. */
record UnusedOptions(String modelName, RecognitionOptions options) {

  /** Notes for the reader of the transcript. */
  List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    if (options.translate()) {
      warnings.add(unavailable("translation"));
    }
    if (options.initialPrompt() != null) {
      warnings.add(unavailable("an initial prompt"));
    }
    if (!options.vocabulary().isEmpty()) {
      warnings.add(unavailable("a vocabulary"));
    }
    return List.copyOf(warnings);
  }

  private Warning unavailable(String what) {
    return new Warning(
        WarningCode.FEATURE_UNAVAILABLE,
        Stage.ASR.label(),
        "The model '%s' cannot use %s; it was left out".formatted(modelName, what));
  }
}
