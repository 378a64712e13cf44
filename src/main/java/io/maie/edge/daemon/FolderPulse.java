package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.HangGuard;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks the folders for a sign of life every few seconds, since one on the network may hang long
 * before the next scan or the next result needs it. The question is for free space, which network
 * file systems answer from no cache. Used by one thread.
 */
public final class FolderPulse {
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final List<Asked> folders;
  private final Question question;
  private final Interval due;

  private List<String> problems = List.of();

  /** A question that a folder on the network answers only if its server does. */
  @FunctionalInterface
  interface Question {
    void ask(Path folder) throws IOException;
  }

  /**
   * Asks nothing yet.
   *
   * @param folders to ask, by role
   */
  public FolderPulse(Map<String, Path> folders, Ticker ticker) {
    this(folders, FolderPulse::askForSpace, ticker);
  }

  FolderPulse(Map<String, Path> folders, Question question, Ticker ticker) {
    this.folders =
        folders.entrySet().stream()
            .map(named -> new Asked(named.getKey(), named.getValue()))
            .toList();
    this.question = requireNonNull(question, "question is null");
    due = new Interval(BETWEEN, ticker);
  }

  private static void askForSpace(Path folder) throws IOException {
    if (Files.getFileStore(folder).getUsableSpace() < 0) {
      throw new IOException("expected a size, found less than nothing: '" + folder + "'");
    }
  }

  /** The folder that does not answer, in a sentence with a hint; empty if all do. */
  List<String> problems() {
    if (due.isDue()) {
      problems = look();
      due.restart();
    }
    return problems;
  }

  /** Ends at the first that does not answer, so that the answer itself does not take long. */
  private List<String> look() {
    return folders.stream()
        .filter(this::isSilent)
        .findFirst()
        .map(
            silent ->
                StorageFailure.DISCONNECTED.code()
                    + ": the folder '"
                    + silent.role
                    + "' does not answer. Check the disk or the network share")
        .stream()
        .toList();
  }

  private boolean isSilent(Asked asked) {
    try {
      return !asked.guard.call(
          () -> {
            question.ask(asked.folder);
            return true;
          });
    } catch (IOException e) {
      // the checks and the scan tell of other faults; a stop, which interrupts, is none
      return StorageFailure.of(e) == StorageFailure.DISCONNECTED
          && !Thread.currentThread().isInterrupted();
    }
  }

  /** A folder that hangs alone. */
  private static final class Asked {
    private final String role;
    private final Path folder;
    private final HangGuard guard;

    Asked(String role, Path folder) {
      this.role = role;
      this.folder = folder;
      guard = new HangGuard(folder);
    }
  }
}
