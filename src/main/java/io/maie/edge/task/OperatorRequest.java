package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of the daemon by a command.
 *
 * @param target the id of a task, or the path of a recording below its folder; null where the
 *     action needs none, or means all
 */
public record OperatorRequest(Action action, @Nullable String target) {

  /** What can be asked for. */
  public enum Action {
    /** Put failed recordings back into the inbox: the named one, or all. */
    RETRY,
    /** Give up the named task, or the running one. */
    CANCEL,
    /** Take no further recordings until resumed, over restarts too. */
    PAUSE,
    /** Go on after a pause. */
    RESUME,
    /** Clean up now. */
    CLEANUP;

    /** The word in files and commands. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public OperatorRequest {
    requireNonNull(action, "action is null");
  }

  public static OperatorRequest of(Action action) {
    return new OperatorRequest(action, null);
  }

  public Optional<String> targetIfAny() {
    return Optional.ofNullable(target);
  }
}
