package io.maie.edge.asr.whisper;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
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

  /**
   * The language asked for; null = find out.
   *
   * @throws ProcessingException {@code LANGUAGE_UNSUPPORTED} if the model does not know it
   */
  @Nullable Language language() throws ProcessingException {
    String code = base();
    boolean known =
        tokens.multilingual() ? tokens.languages().containsKey(code) : code.equals(ENGLISH);
    if (!code.isEmpty() && !known) {
      throw new ProcessingException(
          FailureCode.LANGUAGE_UNSUPPORTED,
          "The model '%s' does not know the language '%s'".formatted(modelName, code));
    }
    if (!tokens.multilingual()) {
      return new Language(ENGLISH, 1);
    }
    return known ? new Language(code, 1) : null;
  }

  /** What the reader of the transcript should know. */
  List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
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
