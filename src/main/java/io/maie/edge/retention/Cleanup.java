package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.HeldFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes plans for the real folders and carries them out.
 *
 * <p>Deleting is unlinking: a reader that has a file open can read on. A crash in between leaves
 * some of the plan undone, which the next cleanup finds again.
 */
public final class Cleanup {
  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  private final RetentionFolders folders;
  private final RetentionPlanner planner;
  private final Keep keep;
  private final Ages.Source time;

  public Cleanup(RetentionFolders folders, RetentionPlanner planner, Keep keep, Ages.Source time) {
    this.folders = requireNonNull(folders, "folders is null");
    this.planner = requireNonNull(planner, "planner is null");
    this.keep = requireNonNull(keep, "keep is null");
    this.time = requireNonNull(time, "time is null");
  }

  /** Exactly what {@link #execute} would delete now, and why; deletes nothing. */
  public CleanupPlan plan() throws IOException {
    return planner.plan(Survey.of(folders, keep), time.look());
  }

  /** The plan of {@link #plan} after {@code span}, if nothing changes until then. */
  public CleanupPlan planAhead(Duration span) throws IOException {
    return planner.plan(Survey.of(folders, keep), time.look().after(span));
  }

  /** The deletions that free {@code bytesToFree} while disk space is short. */
  public CleanupPlan emergencyPlan(long bytesToFree) throws IOException {
    return planner.emergencyPlan(Survey.of(folders, keep), time.look(), bytesToFree);
  }

  /** Deletes the files that {@code plan} lists, if they have not changed since. */
  public CleanupReport execute(CleanupPlan plan) {
    int deleted = 0;
    long bytes = 0;
    List<Path> kept = new ArrayList<>();
    for (Deletion deletion : plan.deletions()) {
      if (delete(deletion.item())) {
        deleted++;
        bytes += deletion.item().bytes();
      } else {
        kept.add(deletion.item().path());
      }
    }
    return new CleanupReport(deleted, bytes, kept);
  }

  private boolean delete(StoredItem item) {
    Path name = item.path().getFileName();
    try (HeldFolder folder = HeldFolder.below(item.root(), item.path().resolveSibling(""))) {
      // the root is what it was at the survey, and nothing on the way became a link since
      boolean planned =
          item.root().toRealPath().equals(item.root()) && !keep.keeps(item.area(), item.path());
      if (!planned || !folder.run(held -> deleteUnchanged(item, held.resolve(name)))) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      LOG.warn("Deleting '{}' failed; cleanup continues: {}", item.path(), e.toString());
      return false;
    }
    removeEmptyParents(item);
    return true;
  }

  /**
   * Deletes the item.
   *
   * @param path to it, through the folder that is held
   */
  private static boolean deleteUnchanged(StoredItem item, Path path) throws IOException {
    boolean isUnchanged = isUnchanged(item, path);
    if (isUnchanged) {
      Disk.deleteTree(path);
    }
    return isUnchanged;
  }

  private static boolean isUnchanged(StoredItem item, Path path) throws IOException {
    if (item.area().isOfFolders()) {
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
    BasicFileAttributes now =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return now.isRegularFile()
        && now.size() == item.bytes()
        && Survey.lastChanged(path).equals(item.lastChanged());
  }

  /** Folders that mirrored those of the inbox go with the last file in them. */
  private static void removeEmptyParents(StoredItem item) {
    Path parent = item.path().getParent();
    try {
      while (parent != null && !parent.equals(item.root()) && parent.startsWith(item.root())) {
        removeEmpty(item.root(), parent);
        parent = parent.getParent();
      }
    } catch (IOException e) {
      LOG.trace("'{}' stays: {}", parent, e.toString());
    }
  }

  private static void removeEmpty(Path root, Path folder) throws IOException {
    try (HeldFolder parent = HeldFolder.below(root, folder.resolveSibling(""))) {
      Files.delete(parent.path().resolve(folder.getFileName()));
    }
  }
}
