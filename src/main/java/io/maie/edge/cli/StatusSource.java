package io.maie.edge.cli;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Place where the daemon leaves its status, and whether it still can.
 *
 * @param state the state folder
 * @param isDaemonAlive whether a process holds the lock of this home now
 * @param now what the age of its heartbeat is measured by
 */
public record StatusSource(Path state, boolean isDaemonAlive, Instant now) {}
