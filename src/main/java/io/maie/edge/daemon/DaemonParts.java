package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.spool.Inbox;
import io.maie.edge.task.Claims;
import io.maie.edge.task.History;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskRecovery;
import io.maie.edge.task.TaskRunner;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Parts that the daemon works with.
 *
 * @param recordings that were taken from the inbox
 * @param longestPause before another attempt, as the settings say now
 */
public record DaemonParts(
    Inbox inbox,
    Inbox.TakenRecordings recordings,
    Claims claims,
    TaskRunner runner,
    TaskRecovery recovery,
    History history,
    OperatorFiles operator,
    UpkeepParts upkeep,
    Doorbell doorbell,
    ServiceNotifier notifier,
    TaskClock clock,
    Supplier<Duration> longestPause) {

  public DaemonParts {
    requireNonNull(inbox, "inbox is null");
    requireNonNull(recordings, "recordings is null");
    requireNonNull(claims, "claims is null");
    requireNonNull(runner, "runner is null");
    requireNonNull(recovery, "recovery is null");
    requireNonNull(history, "history is null");
    requireNonNull(operator, "operator is null");
    requireNonNull(upkeep, "upkeep is null");
    requireNonNull(doorbell, "doorbell is null");
    requireNonNull(notifier, "notifier is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(longestPause, "longestPause is null");
  }
}
