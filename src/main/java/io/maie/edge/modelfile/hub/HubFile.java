package io.maie.edge.modelfile.hub;

/**
 * A file as a hub lists it.
 *
 * @param path inside the repository, with slashes
 * @param bytes its size
 */
record HubFile(String path, long bytes, DeclaredChecksum checksum) {}
