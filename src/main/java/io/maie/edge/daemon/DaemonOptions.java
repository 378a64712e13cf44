package io.maie.edge.daemon;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of the daemon.
 *
 * @param version of the program, for the status
 * @param checkInterval between two looks at the disks, and at everything else while claiming is
 *     stopped; otherwise every tenth look goes further than the disks
 * @param cleanupInterval between two cleanups
 * @param watchdog the longest pause between two signs of life to the service manager; null = not at
 *     all
 * @param stopLimit the time that a running task may take to stop
 * @param silenceLimit how long the worker, outside of attempts, and the upkeep may be at one thing;
 *     after that the service manager gets no sign of life
 * @param hours the hours in which recordings are taken; null = at any time
 * @param accessRequest made to ask for access to refused recordings; null = nobody is asked
 */
public record DaemonOptions(
    String version,
    ScanOptions scan,
    Duration checkInterval,
    Duration cleanupInterval,
    @Nullable Duration watchdog,
    Duration stopLimit,
    Duration silenceLimit,
    @Nullable WorkingHours hours,
    @Nullable Path accessRequest) {}
