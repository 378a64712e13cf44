package io.maie.edge.retention;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file (or, among the leftovers, a folder) that a survey found.
 *
 * @param root the real path of the folder that was surveyed; the item lies below it
 * @param bytes of the file, or of all files in the folder
 * @param lastChanged the latest of modification and change of attributes; a move counts as one
 */
public record StoredItem(Area area, Path root, Path path, long bytes, Instant lastChanged) {}
