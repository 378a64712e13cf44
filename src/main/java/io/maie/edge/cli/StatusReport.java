package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.telemetry.HealthText;
import io.maie.edge.telemetry.StatusFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers {@code status} and {@code health} from the files of the daemon. */
final class StatusReport {
  /** The daemon touches its heartbeat several times in this time. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final StatusSource source;

  StatusReport(Terminal terminal, StatusSource source) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.source = requireNonNull(source, "source is null");
  }

  /** Prints the status in plain words; the exit code is always {@link ExitCode#OK}. */
  ExitCode text() throws IOException, CommandException {
    String text = read(StatusFiles.STATE_TEXT_NAME);
    if (!source.isDaemonAlive()) {
      terminal.print("The daemon is not running. Its last status:");
    } else if (isSilent()) {
      terminal.print(silence() + ". Its last status:");
    } else {
      failureToWrite()
          .ifPresent(failure -> terminal.print(unwritable(failure) + ". The last status before:"));
    }
    terminal.print(text.stripTrailing());
    return ExitCode.OK;
  }

  /** The document as the daemon wrote it, for programs. */
  ExitCode json() throws IOException, CommandException {
    terminal.print(read(StatusFiles.JSON_NAME));
    return ExitCode.OK;
  }

  /** Prints one line if all is well, else every reason; an old status counts for nothing. */
  ExitCode health() throws IOException, CommandException {
    String health = read(StatusFiles.HEALTH_NAME);
    if (!source.isDaemonAlive()) {
      terminal.print("unhealthy: the daemon is not running");
      return ExitCode.FAILED;
    }
    if (isSilent()) {
      terminal.print("unhealthy: " + silence());
      return ExitCode.FAILED;
    }
    Optional<StorageFailure> failure = failureToWrite();
    if (failure.isPresent()) {
      terminal.print("unhealthy: " + unwritable(failure.get()));
      return ExitCode.FAILED;
    }
    terminal.print(health.stripTrailing());
    return health.startsWith(HealthText.HEALTHY) ? ExitCode.OK : ExitCode.FAILED;
  }

  /**
   * The failure that keeps the daemon from writing its health; empty also if this user cannot find
   * out.
   */
  private Optional<StorageFailure> failureToWrite() {
    Path probe = DurableFiles.temporaryIn(source.state());
    try {
      Files.write(probe, new byte[0], StandardOpenOption.CREATE_NEW);
      Files.delete(probe);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(StorageFailure.of(e))
          .filter(failure -> failure != StorageFailure.PERMISSION)
          .filter(failure -> failure != StorageFailure.DISK_FULL);
    }
  }

  private static String unwritable(StorageFailure failure) {
    return "the state folder cannot be written: " + failure.sentence();
  }

  private String read(String name) throws IOException, CommandException {
    Path file = source.state().resolve(name);
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "The daemon has never run here: there is no '" + file + "'",
          "start it with: maie-edge run, or name its folders with --home",
          e);
    }
  }

  private boolean isSilent() throws IOException {
    return silentFor().compareTo(LONGEST_SILENCE) > 0;
  }

  /** A heartbeat in the future is as wrong as an old one. */
  private Duration silentFor() throws IOException {
    Path heartbeat = source.state().resolve(StatusFiles.HEARTBEAT_NAME);
    try {
      Instant last = Files.getLastModifiedTime(heartbeat).toInstant();
      return Duration.between(last, source.now()).abs();
    } catch (NoSuchFileException e) {
      return Duration.ofDays(1);
    }
  }

  private String silence() throws IOException {
    return "the daemon has shown no sign of life for "
        + Amounts.duration(silentFor())
        + "; its process may be stopped, its disk read-only, or a folder on the network away";
  }
}
