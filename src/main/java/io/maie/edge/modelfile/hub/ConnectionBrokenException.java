package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A transfer broke off for a reason that may pass: trying again is worth while. */
final class ConnectionBrokenException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final Duration wish;

  ConnectionBrokenException(String message) {
    this(message, Duration.ZERO, null);
  }

  ConnectionBrokenException(String message, @Nullable Throwable cause) {
    this(message, Duration.ZERO, cause);
  }

  /**
   * Such a failure.
   *
   * @param wish the time for which the server asks to be left alone; zero = it does not say
   */
  ConnectionBrokenException(String message, Duration wish, @Nullable Throwable cause) {
    super(message, cause);
    this.wish = requireNonNull(wish, "wish is null");
  }

  Duration wish() {
    return wish;
  }
}
