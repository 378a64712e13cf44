package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.HangGuard;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the folders for a sign of life every few seconds, since one on the network may hang long
 * before the next scan or the next result needs it. The question is for free space, which network
 * file systems answer from no cache. Used by one thread.
 */
public final class FolderPulse {
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final Map<String, Path> folders;
  private final Question question;
  private final HangGuard guard;
  private final Interval due;

  /** Role of the folder that is being asked; written by the thread that may hang. */
  private volatile String asked = "";

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
    this.folders = new LinkedHashMap<>(folders);
    this.question = requireNonNull(question, "question is null");
    guard = new HangGuard(Path.of("folders"));
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

  private List<String> look() {
    try {
      return guard.call(
          () -> {
            for (Map.Entry<String, Path> folder : folders.entrySet()) {
              asked = folder.getKey();
              question.ask(folder.getValue());
            }
            return List.of();
          });
    } catch (IOException e) {
      // the checks and the scan tell of other faults; a stop, which interrupts, is none
      StorageFailure failure = StorageFailure.of(e);
      boolean isSilent =
          failure == StorageFailure.DISCONNECTED && !Thread.currentThread().isInterrupted();
      return isSilent
          ? List.of(
              failure.code()
                  + ": the folder '"
                  + asked
                  + "' does not answer. Check the disk or the network share")
          : List.of();
    }
  }
}
