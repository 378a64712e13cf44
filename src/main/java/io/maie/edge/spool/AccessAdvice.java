package io.maie.edge.spool;

import io.maie.edge.durable.StorageFailure;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Commands that give this process access to what a sender put into the inbox. A command that does
 * not help is worse than none, so they follow from what denies the access: the mode, the group, an
 * access list, or an attribute of the file.
 */
final class AccessAdvice {
  private static final Path SELF = Path.of("/proc/self");
  private static final int READ = 4;
  private static final int ALL = 7;
  private static final int STICKY = 01000;

  private AccessAdvice() {}

  /** Lets a file be read. */
  static String forFile(Path file) {
    return command(file, new Wish("rw", READ, AccessMode.READ));
  }

  /** Lets a folder be listed and recordings be moved out of it. */
  static String forFolder(Path folder) {
    return command(folder, new Wish("rwx", ALL, AccessMode.WRITE));
  }

  /** Lets a file be moved that may be read, in a folder that may be written. */
  static String forMove(Path file) {
    Path folder = file.resolveSibling("");
    return isSticky(folder)
        ? "in a sticky folder only its owner may, run: chmod -t " + Quoted.shell(folder)
        : "it or its folder is immutable or append-only, run: chattr -i -a "
            + Quoted.shell(file)
            + " "
            + Quoted.shell(folder);
  }

  private static boolean isSticky(Path folder) {
    try {
      FileFacts facts = FileFacts.followed(folder);
      ProcessIds self = ProcessIds.ofThisProcess();
      return (facts.mode() & STICKY) != 0 && !self.isUser(0) && !self.isUser(facts.owner());
    } catch (IOException e) {
      return false;
    }
  }

  private static String command(Path path, Wish wish) {
    String quoted = Quoted.shell(path);
    try {
      if (isFixed(path, wish)) {
        return "chattr -i -a " + quoted;
      }
      ProcessIds self = ProcessIds.ofThisProcess();
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      boolean isOwner = self.isUser((Integer) Files.getAttribute(path, "unix:uid"));
      boolean isInGroup = self.isInGroup((Integer) Files.getAttribute(path, "unix:gid"));
      int bits = mode >> (isOwner ? 6 : isInGroup ? 3 : 0);
      if ((bits & wish.needed) == wish.needed) {
        return String.format(
            "setfacl -m u:%s:%s %s", System.getProperty("user.name"), wish.letters, quoted);
      }
      String change = String.format("chmod %s+%s %s", isOwner ? "u" : "g", wish.letters, quoted);
      return isOwner || isInGroup
          ? change
          : String.format("chgrp %s %s && %s", ownGroup(self), quoted, change);
    } catch (IOException e) {
      return "chmod g+" + wish.letters + " " + quoted;
    }
  }

  /** True if even the owner may not: the system has an error number of its own for that. */
  private static boolean isFixed(Path path, Wish wish) {
    try {
      path.getFileSystem().provider().checkAccess(path, wish.mode);
      return false;
    } catch (IOException e) {
      String reason = e instanceof FileSystemException named ? named.getReason() : "";
      return StorageFailure.of(e) == StorageFailure.PERMISSION
          && "Operation not permitted".equals(reason);
    }
  }

  private static String ownGroup(ProcessIds self) throws IOException {
    int shown = (Integer) Files.getAttribute(SELF, "unix:gid");
    return shown == self.group()
        ? Files.readAttributes(SELF, PosixFileAttributes.class).group().getName()
        : Integer.toString(self.group());
  }

  /**
   * Access that is wanted.
   *
   * @param letters as chmod takes them
   * @param needed the bits that must be set for one class of users
   * @param mode as the system is asked for it
   */
  private record Wish(String letters, int needed, AccessMode mode) {}
}
