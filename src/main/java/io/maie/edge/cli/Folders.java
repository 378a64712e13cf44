package io.maie.edge.cli;

import java.nio.file.Path;

/**
 * Folders of this machine.
 *
 * @param samples the recordings that ship with the program
 */
public record Folders(
    Path inbox, Path outbox, Path failed, Path archive, Path state, Path models, Path samples) {}
