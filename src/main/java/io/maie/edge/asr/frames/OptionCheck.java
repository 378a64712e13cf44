package io.maie.edge.asr.frames;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.modelfile.Manifest;
import io.maie.edge.progress.Stage;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a recording asks for with what its model can do.
 *
 * @param usesVocabulary whether the search prefers words that are asked for
 */
record OptionCheck(
    String modelName, Manifest manifest, RecognitionOptions options, boolean usesVocabulary) {

  /** The language spoken: the one asked for if the model knows it, else the model's only one. */
  Optional<Language> language() {
    if (isKnown(options.language())) {
      return Optional.of(new Language(base(options.language()), 1));
    }
    return manifest.languages().size() == 1
        ? Optional.of(new Language(manifest.languages().get(0), 1))
        : Optional.empty();
  }

  /** Notes for the reader of the transcript. */
  List<Warning> warnings() {
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

  private boolean isKnown(@Nullable String language) {
    return language != null && manifest.languages().contains(base(language));
  }

  /** {@code en} of {@code en-US}. */
  private static String base(@Nullable String language) {
    return language == null ? "" : language.split("[-_]", 2)[0];
  }

  private Warning unavailable(String what) {
    return new Warning(
        WarningCode.FEATURE_UNAVAILABLE,
        Stage.ASR.label(),
        "The model '%s' cannot use %s; it was left out".formatted(modelName, what));
  }
}
