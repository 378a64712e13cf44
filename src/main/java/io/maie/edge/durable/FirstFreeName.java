package io.maie.edge.durable;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks for the first free name of a series: {@code talk.wav}, {@code talk~2.wav}, {@code
 * talk~3.wav}, and so on.
 */
public final class FirstFreeName {
  /** More files of one name than anyone keeps; it only ends the loop. */
  private static final int MOST_NUMBERS = 100_000;

  private FirstFreeName() {}

  /** An attempt to take one name of the series. */
  @FunctionalInterface
  public interface Attempt<T> {
    /** The name with {@code number}, or whatever was made under it; empty if it is taken. */
    Optional<T> take(int number) throws IOException;
  }

  /**
   * Takes the first name that is free.
   *
   * @param plain the name without a number
   * @throws FileAlreadyExistsException if every name is taken
   */
  public static <T> T take(Path plain, Attempt<T> attempt) throws IOException {
    for (int number = 1; number <= MOST_NUMBERS; number++) {
      Optional<T> taken = attempt.take(number);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw new FileAlreadyExistsException(plain.toString());
  }
}
