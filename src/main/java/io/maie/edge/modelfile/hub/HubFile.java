package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

/**
 * A file as a hub lists it.
 *
 * @param path inside the repository, with slashes
 * @param bytes its size
 */
record HubFile(String path, long bytes, DeclaredChecksum checksum) {

  HubFile {
    requireNonNull(path, "path is null");
    requireNonNull(checksum, "checksum is null");
  }
}
