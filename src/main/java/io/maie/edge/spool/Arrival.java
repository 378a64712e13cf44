package io.maie.edge.spool;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A recording in the inbox and what lies beside it.
 *
 * @param path its path
 * @param relative the same below the inbox, such as {@code meetings/talk.wav}
 * @param sidecar its {@code <recording>.job.json}, if there is one
 * @param folderProfile the nearest {@code _folder.yaml} at or above its folder, if there is one
 */
public record Arrival(
    Path path, Path relative, Optional<Path> sidecar, Optional<Path> folderProfile) {}
