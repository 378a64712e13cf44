package io.maie.edge.audio.container;

import java.io.IOException;

/** One family of containers. */
interface ContainerFormat {

  /**
   * Returns whether a file that begins with {@code head} is of this family; the head may be short.
   */
  boolean recognises(ByteBlock head);

  /** Judges a file that was recognised. */
  Completeness judge(ByteSource source) throws IOException, TooMuchToReadException;
}
