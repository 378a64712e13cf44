package io.maie.edge.telemetry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that must hold for the program to work; run at start, by health and by doctor. */
public interface Check {

  /** A few words, such as {@code ffmpeg} or {@code inbox is writable}. */
  String name();

  /** Looks now. Never throws for what it checks; gives up within seconds. */
  Finding run();

  /** Severity of a finding. */
  enum Level {
    OK,
    WARNING,
    FAILURE
  }

  /**
   * Finding of a check.
   *
   * @param message one sentence
   * @param hintOrNull advice to a person
   */
  record Finding(Level level, String message, @Nullable String hintOrNull) {

    public static Finding ok(String message) {
      return new Finding(Level.OK, message, null);
    }

    public static Finding warning(String message, String hint) {
      return new Finding(Level.WARNING, message, hint);
    }

    public static Finding failure(String message, String hint) {
      return new Finding(Level.FAILURE, message, hint);
    }

    public Optional<String> hint() {
      return Optional.ofNullable(hintOrNull);
    }
  }
}
