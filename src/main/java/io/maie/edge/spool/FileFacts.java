package io.maie.edge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Result of one {@code lstat} on a path.
 *
 * @param links names that the file has; more than one for ever, or while it is renamed
 * @param owner user id
 * @param mode type and permission bits
 */
record FileFacts(Kind kind, FileSignature signature, int links, int owner, int mode) {
  private static final String ATTRIBUTES =
      "unix:dev,ino,size,lastModifiedTime,ctime,nlink,uid,mode";

  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  /** Kind of file behind a path. */
  enum Kind {
    FILE("a file"),
    FOLDER("a folder"),
    LINK("a symbolic link"),
    PIPE("a named pipe"),
    SOCKET("a socket"),
    DEVICE("a device");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Facts about the path itself, even if it is a link. */
  static FileFacts of(Path path) throws IOException {
    return of(Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
  }

  /** Facts about the target of the path; only for folders that the operator configured. */
  static FileFacts followed(Path path) throws IOException {
    return of(Files.readAttributes(path, ATTRIBUTES));
  }

  private static FileFacts of(Map<String, Object> all) throws IOException {
    int mode = (Integer) attribute(all, "mode");
    FileSignature signature =
        new FileSignature(
            (Long) attribute(all, "dev"),
            (Long) attribute(all, "ino"),
            (Long) attribute(all, "size"),
            ((FileTime) attribute(all, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
            ((FileTime) attribute(all, "ctime")).to(TimeUnit.NANOSECONDS));
    int links = (Integer) attribute(all, "nlink");
    int owner = (Integer) attribute(all, "uid");
    return new FileFacts(kind(mode), signature, links, owner, mode & ~TYPE_MASK);
  }

  boolean isFile() {
    return kind == Kind.FILE;
  }

  private static Object attribute(Map<String, Object> all, String name) throws IOException {
    Object value = all.get(name);
    if (value == null) {
      throw new IOException("expected the file attribute '" + name + "', found " + all.keySet());
    }
    return value;
  }

  private static Kind kind(int mode) {
    return switch (mode & TYPE_MASK) {
      case REGULAR -> Kind.FILE;
      case DIRECTORY -> Kind.FOLDER;
      case LINK -> Kind.LINK;
      case PIPE -> Kind.PIPE;
      case SOCKET -> Kind.SOCKET;
      default -> Kind.DEVICE;
    };
  }
}
