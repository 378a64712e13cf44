package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command fails; the message is for the person who typed it. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final @Nullable String hintOrNull;

  /**
   * Such a failure.
   *
   * @param message the problem in one sentence, or one line per problem
   * @param hintOrNull advice to the person
   */
  public CommandException(ExitCode exitCode, String message, @Nullable String hintOrNull) {
    super(message);
    this.exitCode = requireNonNull(exitCode, "exitCode is null");
    this.hintOrNull = hintOrNull;
  }

  public CommandException(ExitCode exitCode, String message, String hint, Throwable cause) {
    this(exitCode, message, hint);
    initCause(cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hintOrNull);
  }
}
