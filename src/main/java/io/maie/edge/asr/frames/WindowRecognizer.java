package io.maie.edge.asr.frames;

import io.maie.edge.asr.WindowSource;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hears one window after another. Deterministic. Used by one thread at a time. */
@FunctionalInterface
public interface WindowRecognizer {

  /**
   * The words said in a window, with times in frames of the model.
   *
   * @param steps is called between the steps of a long window
   */
  HeardWindow hear(WindowSource window, Steps steps)
      throws ProcessingException, TaskStoppedException, IOException;

  /**
   * The same for windows that follow each other.
   *
   * @param windows at most {@link #batch}
   * @param steps is called between the steps of all of them
   */
  default List<HeardWindow> hearAll(List<WindowSource> windows, Steps steps)
      throws ProcessingException, TaskStoppedException, IOException {
    List<HeardWindow> heard = new ArrayList<>();
    for (WindowSource window : windows) {
      heard.add(hear(window, steps));
    }
    return heard;
  }

  /** Windows to hear at once. */
  default int batch() throws ProcessingException {
    return 1;
  }

  /** Reports the steps in which a long window is heard, and asks whether to stop. */
  @FunctionalInterface
  interface Steps {

    /** A share of the window was heard, 0 to 1. */
    void heard(double share) throws TaskStoppedException;
  }
}
