package io.maie.edge.modelfile;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A way in which publishers lay out a model folder. */
interface ModelLayout {

  /**
   * Describes {@code folder} if it follows this layout; its files are not checked.
   *
   * @param expected the checksums that the files must have
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it follows the layout with a mistake
   */
  Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException;

  /** The task of every model in this layout, sound or not; empty if there are several. */
  Optional<ModelTask> task();
}
