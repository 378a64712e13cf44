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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what a recording asks for with what its Whisper model can do. */
record RequestCheck(String modelName, WhisperTokens tokens, RecognitionOptions options) {
  private static final String ENGLISH = "en";

  /** From this mean probability on nobody need look whether a language is right. */
  private static final double SURE = 0.6;

  /**
   * The language asked for; null = find out.
   *
   * @throws ProcessingException {@code LANGUAGE_UNSUPPORTED} if the model does not know it
   */
  @Nullable Language language() throws ProcessingException {
    String asked = options.language();
    if (asked != null) {
      return new Language(known(base(asked)), 1);
    }
    return tokens.multilingual() ? null : new Language(ENGLISH, 1);
  }

  private String known(String code) throws ProcessingException {
    boolean known =
        tokens.multilingual() ? tokens.languages().containsKey(code) : code.equals(ENGLISH);
    if (!known) {
      throw new ProcessingException(
          FailureCode.LANGUAGE_UNSUPPORTED,
          "The model '%s' does not know the language '%s'".formatted(modelName, code));
    }
    return code;
  }

  /**
   * The languages that may be spoken, as the model calls them; empty = any.
   *
   * @throws ProcessingException {@code LANGUAGE_UNSUPPORTED} if the model does not know one
   */
  Set<String> candidates() throws ProcessingException {
    Set<String> codes = new TreeSet<>();
    for (String asked : options.languages()) {
      codes.add(known(base(asked)));
    }
    return codes;
  }

  /**
   * Notes for the reader of the transcript.
   *
   * @param told the language of most of the recording; null if the model cannot tell
   */
  List<Warning> warnings(@Nullable Language told) {
    List<Warning> warnings = new ArrayList<>();
    if (told != null && told.probability() < SURE) {
      warnings.add(
          warning(
              WarningCode.LANGUAGE_UNSURE,
              String.format(
                  Locale.ROOT,
                  "The language was detected as '%s' with a probability of only %.2f; name it with"
                      + " 'language', or those that may be spoken with 'languages'",
                  told.code(),
                  told.probability())));
    }
    if (options.translate() && tokens.translate().isEmpty()) {
      warnings.add(
          warning(
              WarningCode.FEATURE_UNAVAILABLE,
              "The model '%s' cannot translate; it transcribed instead".formatted(modelName)));
    }
    return List.copyOf(warnings);
  }

  /** {@code en} of {@code en-US}. */
  private static String base(String asked) {
    return asked.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static Warning warning(WarningCode code, String message) {
    return new Warning(code, Stage.ASR.label(), message);
  }
}
