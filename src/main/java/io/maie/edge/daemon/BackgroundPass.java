package io.maie.edge.daemon;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work in the background whose failure does not end the thread.
 *
 * @param name of the work, as a failure tells it
 */
record BackgroundPass(String name, Work work) {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundPass.class);

  /** One pass of the work. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Runs one pass; a failure is logged and forgotten, since the next pass comes anyway. */
  void run() {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      // the one place around a background pass: the next one may succeed
      LOG.warn("{} failed; the daemon continues with the next pass", name, e);
    }
  }
}
