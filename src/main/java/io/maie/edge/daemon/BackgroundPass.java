package io.maie.edge.daemon;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one pass of work in the background so that its failure does not end the thread. */
final class BackgroundPass {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundPass.class);

  private BackgroundPass() {}

  /** A pass. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Runs {@code work}; a failure is logged and forgotten, since the next pass comes anyway. */
  static void run(String name, Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      // the one place around a background pass: the next one may succeed
      LOG.warn("{} failed; the daemon continues with the next pass", name, e);
    }
  }
}
