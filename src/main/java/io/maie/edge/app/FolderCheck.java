package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.config.FolderSettings;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HangGuard;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.FolderIdentity;
import io.maie.edge.spool.FolderProblem;
import io.maie.edge.spool.InboxMode;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks that a folder is there and can be written, by writing into it. */
final class FolderCheck implements Check {
  private final String role;
  private final Path folder;
  private final Supplier<Optional<FolderProblem>> identity;
  private final HangGuard guard;
  private final @Nullable InboxMode inbox;

  /**
   * A check of a folder.
   *
   * @param identity the problem if the present folder is not the intended one
   * @param inbox whether recordings leave it; null = it is no inbox
   */
  FolderCheck(
      String role,
      Path folder,
      Supplier<Optional<FolderProblem>> identity,
      @Nullable InboxMode inbox) {
    this.inbox = inbox;
    this.role = requireNonNull(role, "role is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.guard = new HangGuard(folder);
  }

  /** One check for each folder that the daemon writes to; what is right is remembered. */
  static List<Check> ofAll(List<FolderIdentity> folders, InboxMode mode) {
    return folders.stream().<Check>map(one -> of(one, one::check, mode)).toList();
  }

  /** The same for who only asks. */
  static List<Check> ofAll(FolderSettings folders, InboxMode mode) {
    return List.copyOf(all(folders, mode));
  }

  private static List<FolderCheck> all(FolderSettings folders, InboxMode mode) {
    return SpoolFolders.of(folders).all().stream().map(one -> of(one, one::look, mode)).toList();
  }

  private static FolderCheck of(
      FolderIdentity folder, Supplier<Optional<FolderProblem>> identity, InboxMode mode) {
    return new FolderCheck(
        folder.role(), folder.folder(), identity, folder.isInbox() ? mode : null);
  }

  /** The same for a home in which nothing ever ran: what the first start makes may be missing. */
  static List<Check> beforeTheFirstStart(FolderSettings folders, InboxMode mode) {
    List<Check> checks = new ArrayList<>();
    for (FolderCheck check : all(folders, mode)) {
      boolean isMade = folders.isMadeByAStart(check.folder);
      checks.add(isMade ? new FirstStartCheck(check, check.folder) : check);
    }
    return checks;
  }

  @Override
  public String name() {
    return role;
  }

  @Override
  public Finding run() {
    try {
      return guard.call(this::look);
    } catch (IOException e) {
      StorageFailure failure = StorageFailure.of(e);
      return Finding.failure(
          "'" + folder + "' cannot be examined: " + failure.sentence(), hint(failure));
    }
  }

  private Finding look() {
    if (!Files.isDirectory(folder)) {
      return Finding.failure(
          "Expected a folder, found none: '" + folder + "'",
          "Make it, or mount the disk that holds it; nothing is written in place of an unmounted"
              + " disk");
    }
    Optional<FolderProblem> problem = identity.get();
    if (problem.isPresent()) {
      return Finding.failure(problem.get().message(), problem.get().hint());
    }
    if (inbox == InboxMode.LEDGER) {
      return Finding.ok("recordings are copied from '" + folder + "' and remembered");
    }
    try {
      // a consumer who takes everything may have taken it
      Files.deleteIfExists(DurableFiles.writeTemporary(folder, new byte[] {1}));
      return Finding.ok("'" + folder + "' can be written");
    } catch (IOException e) {
      StorageFailure failure = StorageFailure.of(e);
      if (inbox == InboxMode.AUTO && failure == StorageFailure.READ_ONLY) {
        return Finding.warning(
            "'" + folder + "' is read-only; recordings are copied from it and remembered",
            "Nothing, if that is intended; otherwise mount it so that it can be written");
      }
      if (inbox != null && failure.code() == FailureCode.DISK_FULL) {
        return Finding.warning(
            "'" + folder + "' is full", "Wait: every recording that is taken makes room there");
      }
      return Finding.failure(
          "'" + folder + "' cannot be written: " + failure.sentence(), hint(failure));
    }
  }

  static String hint(StorageFailure failure) {
    return failure == StorageFailure.PERMISSION
        ? "Let user or group '" + System.getProperty("user.name") + "' write there"
        : failure.code().advice();
  }
}
