package io.maie.edge.cli;

import java.nio.file.Path;

/** Transcribes recordings where they lie, without the daemon; models stay loaded in between. */
public interface DirectProcessing extends AutoCloseable {

  /**
   * Transcribes one recording, which is neither moved nor changed, and tells the listener.
   *
   * @return its outcome; a recording at fault is an outcome, not an exception
   * @throws CommandException if the installation cannot work
   */
  RecordingOutcome process(Path recording) throws CommandException;

  @Override
  void close();
}
