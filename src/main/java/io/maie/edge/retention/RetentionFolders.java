package io.maie.edge.retention;

import java.nio.file.Path;

/**
 * Folders in which files pile up.
 *
 * @param log the log being written; those that were closed lie beside it and bear its name
 */
public record RetentionFolders(
    Path archive, Path failed, Path work, Path outbox, Path state, Path log) {

  /** The store of results below the state folder: a folder for each task. */
  public static final String STORED_RESULTS = "results";

  /** The file in a stored result that says that the recording was sent to the local API. */
  public static final String API_MARK = "api";
}
