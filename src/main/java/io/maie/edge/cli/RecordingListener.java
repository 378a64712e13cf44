package io.maie.edge.cli;

import io.maie.edge.progress.Stage;

/** Follows the progress of recordings; called by the thread that works on them. */
public interface RecordingListener {

  /** Work on a recording begins. */
  void started(String name);

  /**
   * A stage of it came this far; the first call for a stage marks its beginning.
   *
   * @param fraction 0 to 1 of the stage
   */
  void progressed(String name, Stage stage, double fraction);

  /** Work on it ended. */
  void finished(RecordingOutcome outcome);

  /** Nobody listens. */
  static RecordingListener disabled() {
    return new RecordingListener() {
      @Override
      public void started(String name) {}

      @Override
      public void progressed(String name, Stage stage, double fraction) {}

      @Override
      public void finished(RecordingOutcome outcome) {}
    };
  }
}
