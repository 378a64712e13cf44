package io.maie.edge.spool;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.spool.FolderListing.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the moves of recordings that were copied while the inbox was read-only, once it can be
 * written: what lies elsewhere, byte for byte, leaves the inbox. A recording whose copy was deleted
 * meanwhile stays.
 */
final class LateMoves {
  private static final Logger LOG = LoggerFactory.getLogger(LateMoves.class);

  private final InboxOptions options;
  private final KeptInbox kept;
  private final Claimer claimer;

  private volatile Inbox.@Nullable TakenRecordings taken;

  LateMoves(InboxOptions options, KeptInbox kept, Claimer claimer) {
    this.options = options;
    this.kept = kept;
    this.claimer = claimer;
  }

  /** Begins to complete moves. */
  void know(Inbox.TakenRecordings recordings) {
    taken = recordings;
  }

  /** Returns whether a recording that was taken is gone from the inbox now. */
  boolean complete(Located recording, Optional<Located> sidecar) {
    Inbox.TakenRecordings known = taken;
    if (known == null || kept.isKept() || options.mode() != InboxMode.AUTO) {
      return false;
    }
    Path path = recording.path();
    try {
      Optional<Path> copy = known.finished(options.folder().relativize(path), path);
      if (copy.isEmpty() || claimer.isOpenElsewhere(path) || !isRemoved(recording)) {
        return false;
      }
      LOG.info("Took '{}' out of the inbox, which was read-only when it was copied", path);
      kept.forget(path);
      if (sidecar.isPresent() && isBeside(copy.get(), sidecar.get().path())) {
        isRemoved(sidecar.get());
      }
      return true;
    } catch (IOException e) {
      LOG.debug("Taking '{}' out of the inbox failed; tried again: {}", path, e.toString());
      return false;
    }
  }

  /** Removes a file unless it changed since it was listed. */
  private boolean isRemoved(Located file) throws IOException {
    Path folder = file.path().toAbsolutePath().resolveSibling("");
    try (HeldFolder held = HeldFolder.below(options.folder(), folder)) {
      return held.run(
          there -> {
            Path path = Claimer.nameIn(there, file.path());
            FileFacts facts = FileFacts.of(path);
            if (!facts.isFile() || !facts.signature().equals(file.facts().signature())) {
              return false;
            }
            Disk.delete(path);
            // the ledger is about to forget it
            DurableFiles.forceDirectory(there);
            return true;
          });
    }
  }

  private static boolean isBeside(Path copy, Path sidecar) throws IOException {
    Path there = copy.resolveSibling(copy.getFileName() + Sidecars.SUFFIX);
    return Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(there, sidecar) < 0;
  }
}
