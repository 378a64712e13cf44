package io.maie.edge.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the users of a folder's group read and delete what the program puts there: mode 0664 (2775
 * for folders) and the group of the folder, whatever the umask. Best effort, since other people's
 * files and some file systems refuse.
 */
public final class GroupAccess {
  private static final Logger LOG = LoggerFactory.getLogger(GroupAccess.class);
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-rw-r--");

  /** The set-group-ID bit makes new entries inherit the folder's group. */
  private static final int FOLDER_MODE = 02775;

  private GroupAccess() {}

  /** Opens a regular file to its folder's group; a link is never followed. */
  public static void grant(Path file) {
    try {
      PosixFileAttributeView view = view(file);
      if (view != null) {
        takeGroup(file, view);
        view.setPermissions(FILE);
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("Opening to the group failed; continues as it is path={}", file, e);
    }
  }

  static void grantFolder(Path folder) {
    try {
      PosixFileAttributeView view = view(folder);
      if (view != null) {
        takeGroup(folder, view);
        Files.setAttribute(folder, "unix:mode", FOLDER_MODE);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      LOG.debug("Opening to the group failed; continues as it is path={}", folder, e);
    }
  }

  private static void takeGroup(Path path, PosixFileAttributeView view) throws IOException {
    PosixFileAttributeView parent = view(DurableFiles.folderOf(path));
    if (parent != null) {
      var group = parent.readAttributes().group();
      if (!group.equals(view.readAttributes().group())) {
        view.setGroup(group);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable PosixFileAttributeView view(Path path) {
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
