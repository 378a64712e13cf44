package io.maie.edge.spool;

import java.io.IOException;
import java.nio.file.Path;

/** Says from the content of a file whether all of it is there; reads little and changes nothing. */
@FunctionalInterface
public interface WholenessCheck {

  /**
   * Looks at a regular file that may be growing.
   *
   * @throws IOException if it cannot be read
   */
  Verdict check(Path file) throws IOException;

  /** Knows no format, so that every file has to settle. */
  static WholenessCheck disabled() {
    return file -> new Verdict(Wholeness.CANNOT_TELL, "its content is not looked at");
  }

  /** Degrees to which the bytes of a file are there. */
  enum Wholeness {
    /** Everything that the file declares is there. */
    WHOLE,
    /** The file declares more than is there; without the rest it is a failure. */
    INCOMPLETE,
    /** Its writer has not said yet how much there will be; what is there can be used. */
    GROWING,
    /** The format does not say. */
    CANNOT_TELL
  }

  /**
   * Result of a check.
   *
   * @param explanation a clause for people, such as "the WAV header declares 12.3 MB, 4.1 MB are
   *     there"
   */
  record Verdict(Wholeness wholeness, String explanation) {}
}
