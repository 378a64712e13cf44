package io.maie.edge.modelfile;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Refuses a folder that follows a published layout with a mistake.
 *
 * @param where the folder, or the file in it
 */
record LayoutCheck(Path where) {

  /** The exception to throw. */
  ProcessingException wrong(String expected, String found) {
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
  void requireSize(Optional<Long> declared, long expected, String unit) throws ProcessingException {
    if (declared.isPresent() && declared.get() != expected) {
      throw wrong("%d %s".formatted(expected, unit), String.valueOf(declared.get()));
    }
  }
}
