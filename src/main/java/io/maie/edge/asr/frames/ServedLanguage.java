package io.maie.edge.asr.frames;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.modelfile.Manifest;
import io.maie.edge.transcript.Language;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the language that a recording asks for with those that its model knows. */
record ServedLanguage(Manifest manifest, RecognitionOptions options) {

  /** The one asked for if the model knows it, else the model's only one. */
  Optional<Language> language() {
    if (isKnown(options.language())) {
      return Optional.of(new Language(base(options.language()), 1));
    }
    return manifest.languages().size() == 1
        ? Optional.of(new Language(manifest.languages().get(0), 1))
        : Optional.empty();
  }

  private boolean isKnown(@Nullable String language) {
    return language != null && manifest.languages().contains(base(language));
  }

  /** {@code en} of {@code en-US}. */
  private static String base(@Nullable String language) {
    return language == null ? "" : language.split("[-_]", 2)[0];
  }
}
