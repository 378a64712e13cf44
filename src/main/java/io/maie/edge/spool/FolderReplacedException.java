package io.maie.edge.spool;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Something else has the name of a folder of ours; perhaps its disk is no longer mounted. */
public final class FolderReplacedException extends FileSystemException {
  @Serial private static final long serialVersionUID = 1L;

  FolderReplacedException(Path folder, String reason) {
    super(folder.toString(), null, reason);
  }
}
