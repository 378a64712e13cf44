package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.Status.CheckResult;
import io.maie.edge.telemetry.StatusText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/** Answers {@code status} and {@code health} from what the daemon left on disk. */
final class StatusReport {
  private final Terminal terminal;
  private final StatusSource source;

  StatusReport(Terminal terminal, StatusSource source) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.source = requireNonNull(source, "source is null");
  }

  /** Everything in plain words; {@link ExitCode#OK} whatever they say. */
  ExitCode text() throws IOException, CommandException {
    Status status = StatusReader.read(bytes());
    if (!isRunning(status)) {
      terminal.print("The daemon is not running. This is what it said last:");
    }
    terminal.print(StatusText.of(status).stripTrailing());
    return ExitCode.OK;
  }

  /** The document as the daemon wrote it, for programs. */
  ExitCode json() throws IOException, CommandException {
    byte[] json = bytes();
    terminal.out().write(json);
    terminal.out().println();
    terminal.out().flush();
    return ExitCode.OK;
  }

  /** One line if all is well, else every reason why not. */
  ExitCode health() throws IOException, CommandException {
    Status status = StatusReader.read(bytes());
    if (!isRunning(status)) {
      terminal.print("unhealthy: the daemon is not running");
      return ExitCode.FAILED;
    }
    if (status.isHealthy()) {
      terminal.print("healthy: " + status.state());
      return ExitCode.OK;
    }
    status.blocked().forEach(reason -> terminal.print("unhealthy: " + reason));
    for (CheckResult check : status.checks()) {
      if (check.level().equals("FAILURE")) {
        String hint = check.hint() == null ? "" : ". " + check.hint();
        terminal.print("unhealthy: " + check.name() + ": " + check.message() + hint);
      }
    }
    return ExitCode.FAILED;
  }

  private byte[] bytes() throws IOException, CommandException {
    try {
      return Files.readAllBytes(source.file());
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "The daemon has never run here: there is no '" + source.file() + "'",
          "start it with: maie-edge run, or name its folders with --home",
          e);
    }
  }

  /** The number of the process proves nothing: after a restart another program has it. */
  private boolean isRunning(Status status) {
    return source.isDaemonAlive() && !status.state().equals("STOPPED");
  }
}
