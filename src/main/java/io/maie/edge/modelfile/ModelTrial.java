package io.maie.edge.modelfile;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;

/** Uses a model once before it is let in. */
@FunctionalInterface
public interface ModelTrial {

  /**
   * Uses a model whose description is sound.
   *
   * @param staged its temporary path
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it cannot be used
   */
  void run(ModelFolder staged) throws ProcessingException, IOException;

  /** This trial, then another one. */
  default ModelTrial and(ModelTrial other) {
    return staged -> {
      run(staged);
      other.run(staged);
    };
  }

  /** Lets every model in. */
  static ModelTrial disabled() {
    return staged -> {};
  }
}
