package io.maie.edge.spool;

import io.maie.edge.durable.FileNames;
import java.nio.file.Path;

/** Paths as a person can paste them into a shell. */
final class Quoted {

  private Quoted() {}

  /** In single quotes, on one line; a name that is not plain text is shown but cannot be pasted. */
  static String shell(Path path) {
    return "'" + FileNames.printable(path).replace("'", "'\\''") + "'";
  }
}
