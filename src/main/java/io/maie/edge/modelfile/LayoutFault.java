package io.maie.edge.modelfile;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses a folder that follows a published layout with a mistake. */
final class LayoutFault {
  private LayoutFault() {}

  /**
   * The exception to throw.
   *
   * @param where the folder, or the file in it
   */
  static ProcessingException of(String expected, String found, Path where) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s, found %s: '%s'".formatted(expected, found, where),
        "Copy all files of one model from where it is published; docs/MODELS.md says which");
  }

  /**
   * Compares a size that a graph may declare.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it declares another one
   */
  static void requireSize(Optional<Long> declared, long expected, String what, Path folder)
      throws ProcessingException {
    if (declared.isPresent() && declared.get() != expected) {
      throw of("%d %s".formatted(expected, what), String.valueOf(declared.get()), folder);
    }
  }
}
