package io.maie.edge.cli;

import java.nio.file.Path;

/**
 * Folders that a demonstration needs.
 *
 * @param samples the recordings that ship with the program
 */
public record Folders(Path inbox, Path outbox, Path samples) {}
