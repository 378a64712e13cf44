package io.maie.edge.asr.whisper;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.progress.Stage;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares what a recording asks for with what its Whisper model can do. */
record RequestCheck(String modelName, WhisperTokens tokens, RecognitionOptions options) {
  private static final String ENGLISH = "en";

  /** The language asked for if the model knows it; null = find out. */
  @Nullable Language language() {
    if (!tokens.multilingual()) {
      return new Language(ENGLISH, 1);
    }
    String code = base();
    return tokens.languages().containsKey(code) ? new Language(code, 1) : null;
  }

  /** What the reader of the transcript should know. */
  List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    boolean known =
        tokens.multilingual() ? tokens.languages().containsKey(base()) : base().equals(ENGLISH);
    if (options.language() != null && !known) {
      warnings.add(
          warning(
              WarningCode.LANGUAGE_UNSUPPORTED,
              "The model '%s' does not know the language '%s'; %s"
                  .formatted(
                      modelName,
                      options.language(),
                      tokens.multilingual() ? "it found out by itself" : "it knows English only")));
    }
    if (options.translate() && tokens.translate().isEmpty()) {
      warnings.add(
          warning(
              WarningCode.FEATURE_UNAVAILABLE,
              "The model '%s' cannot translate; it transcribed instead".formatted(modelName)));
    }
    return List.copyOf(warnings);
  }

  /** {@code en} of {@code en-US}; empty if none is asked for. */
  private String base() {
    String asked = options.language();
    return asked == null ? "" : asked.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static Warning warning(WarningCode code, String message) {
    return new Warning(code, Stage.ASR.label(), message);
  }
}
