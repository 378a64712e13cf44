package io.maie.edge.app;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.Request;
import io.maie.edge.config.FolderSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.FailedRecordings;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.PauseSwitch;
import io.maie.edge.task.RequestFolder;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskStore;
import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.StatusCodec;
import io.maie.edge.telemetry.StatusFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Carries out the commands of an operator. Those that need no daemon happen at once, whether one
 * runs or not; the others become requests to it.
 */
final class OperatorCommands {
  private final FolderSettings folders;
  private final InboxOptions inbox;

  OperatorCommands(Settings settings) {
    this.folders = settings.folders();
    this.inbox = settings.inbox();
  }

  void submit(Request request) throws CommandException, IOException {
    if (request instanceof Request.Retry retry) {
      retry(retry.recording());
    } else if (request instanceof Request.RetryAll) {
      failed().retryAll();
    } else if (request instanceof Request.Pause) {
      new PauseSwitch(folders.state()).pause();
    } else if (request instanceof Request.Resume) {
      new PauseSwitch(folders.state()).resume();
    } else if (request instanceof Request.Cancel cancel) {
      cancel(cancel);
    }
  }

  private void retry(String wanted) throws CommandException, IOException {
    List<Path> found = failed().find(wanted);
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "No recording '" + wanted + "' in '" + folders.failed() + "'",
          "'maie-edge status' lists the failed ones; 'maie-edge retry --all' tries all of them");
    }
    if (found.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "Expected one recording, found " + found.size() + " that are called '" + wanted + "'",
          "Name one by its path: "
              + found.stream().map(FileNames::printable).collect(Collectors.joining(", ")));
    }
    failed().retry(found.get(0));
  }

  private FailedRecordings failed() {
    return new FailedRecordings(
        new RecordingFolder(folders.failed()),
        new Inbox(inbox, ArrivalChecks.disabled(), SystemTime.clock().ticker()));
  }

  private void cancel(Request.Cancel cancel) throws CommandException, IOException {
    if (!InstanceLock.isHeld(folders.state())) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          "The daemon is not running, and so no task is",
          "'maie-edge run' starts it");
    }
    String target =
        cancel.taskOrRecording().isPresent() ? cancel.taskOrRecording().get() : runningTask();
    requireTask(target);
    TaskIds ids = new TaskIds(SystemTime.clock().wall(), new SecureRandom());
    new RequestFolder(folders.state()).submit(ids.next(), CancelRequest.byOperator(target));
  }

  private void requireTask(String target) throws CommandException, IOException {
    if (!new TaskStore(folders.work(), FaultPoint.disabled()).holds(target)) {
      throw new CommandException(
          ExitCode.USAGE,
          "No task '" + target + "' is in work",
          "'maie-edge status' shows the running one; a recording that waits can be taken out of the"
              + " inbox");
    }
  }

  private String runningTask() throws CommandException, IOException {
    Status status =
        StatusCodec.decode(Files.readAllBytes(folders.state().resolve(StatusFiles.JSON_NAME)));
    Status.Running running = status.running();
    if (running == null) {
      throw new CommandException(ExitCode.FAILED, "No task runs at the moment", null);
    }
    return running.taskId();
  }
}
