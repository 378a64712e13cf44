package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.durable.VerifiedCopy;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.SidecarState;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the sidecar of a claimed recording out of the inbox into its task.
 *
 * <p>File contract: the sidecar is in the inbox or in the task's folder, across file systems
 * perhaps in both for a moment; a repeated call completes what a crash cut off. A later sidecar
 * replaces an earlier one. From an inbox that keeps its recordings it is copied, once.
 */
final class SidecarClaim {
  private static final Logger LOG = LoggerFactory.getLogger(SidecarClaim.class);

  private final Inbox inbox;

  SidecarClaim(Inbox inbox) {
    this.inbox = requireNonNull(inbox, "inbox is null");
  }

  /** Moves the complete sidecar that lies in the inbox for {@code task}, if one does. */
  boolean claim(Task task, TaskFolder folder) throws IOException {
    return look(task) == SidecarState.COMPLETE && move(sidecar(task), folder);
  }

  /**
   * Returns whether a sidecar lies in the inbox for {@code task}. Beside another recording of the
   * same name it belongs to that one.
   */
  SidecarState look(Task task) {
    if (task.source().intake().isApi()) {
      return SidecarState.ABSENT;
    }
    Path recording = task.source().in(inbox.folder(), "");
    return isBehindLink(recording) || Files.exists(recording, LinkOption.NOFOLLOW_LINKS)
        ? SidecarState.ABSENT
        : inbox.lateSidecar(sidecar(task));
  }

  /**
   * A link in place of the recording's folder leads to the files of others: a sidecar that is seen
   * there could never be claimed, and would restart the task again and again.
   */
  private boolean isBehindLink(Path recording) {
    try (HeldFolder folder = HeldFolder.below(inbox.folder(), recording.resolveSibling(""))) {
      LOG.trace("No link leads to '{}'", folder);
      return false;
    } catch (IOException e) {
      return StorageFailure.of(e) == StorageFailure.OBSTRUCTED;
    }
  }

  private Path sidecar(Task task) {
    return task.source().in(inbox.folder(), Sidecars.SUFFIX);
  }

  /** Moves {@code sidecar} itself; false if it is gone or a link. */
  boolean move(Path sidecar, TaskFolder folder) throws IOException {
    try (HeldFolder from = HeldFolder.below(inbox.folder(), sidecar.resolveSibling(""))) {
      return from.run(held -> moveFrom(held.resolve(sidecar.getFileName()), folder));
    } catch (IOException e) {
      boolean isAway =
          e instanceof NoSuchFileException || StorageFailure.of(e) == StorageFailure.OBSTRUCTED;
      if (!isAway) {
        throw e;
      }
      return false;
    }
  }

  private boolean moveFrom(Path sidecar, TaskFolder folder) throws IOException {
    if (!Files.isRegularFile(sidecar, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      if (inbox.keepsRecordings()) {
        DurableFiles.rename(VerifiedCopy.toTemporary(sidecar, folder.path()), folder.sidecar());
        return true;
      }
      inbox.flush(sidecar);
      DurableFiles.rename(sidecar, folder.sidecar());
    } catch (AtomicMoveNotSupportedException e) {
      DurableFiles.rename(VerifiedCopy.toTemporary(sidecar, folder.path()), folder.sidecar());
      Files.deleteIfExists(sidecar);
    }
    return true;
  }
}
