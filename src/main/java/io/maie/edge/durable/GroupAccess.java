package io.maie.edge.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the users of a folder's group read and delete what the program puts there: mode 0664 (2775
 * for folders) and the group of the folder, whatever the umask. Best effort, since other people's
 * files and some file systems refuse.
 *
 * <p>Implementation note: groups are compared by number. Asking for their names would read the
 * database of groups several times per file.
 */
public final class GroupAccess {
  private static final Logger LOG = LoggerFactory.getLogger(GroupAccess.class);
  private static final int FILE_MODE = 0664;

  /** The set-group-ID bit makes new entries inherit the folder's group. */
  private static final int FOLDER_MODE = 02775;

  private static final int PERMISSIONS = 07777;
  private static final String ATTRIBUTES = "unix:gid,mode";

  private GroupAccess() {}

  /** Opens a regular file to its folder's group; a link is never followed. */
  public static void grant(Path file) {
    grant(file, DurableFiles.folderOf(file));
  }

  /** Opens a regular file to the group of {@code folder}. */
  static void grant(Path file, Path folder) {
    grant(file, folder, FILE_MODE);
  }

  static void grantFolder(Path folder) {
    grant(folder, DurableFiles.folderOf(folder), FOLDER_MODE);
  }

  private static void grant(Path path, Path folder, int mode) {
    try {
      Map<String, Object> present =
          Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      Object group = Files.readAttributes(folder, ATTRIBUTES).get("gid");
      if (group != null && !group.equals(present.get("gid"))) {
        Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
      }
      if (!(present.get("mode") instanceof Integer now && (now & PERMISSIONS) == mode)) {
        Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      LOG.debug("Opening to the group failed; continues as it is path={}", path, e);
    }
  }
}
