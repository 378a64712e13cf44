package io.maie.edge.durable;

import io.maie.edge.failure.FailureCode;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Cause of an {@link IOException} of the file system. Java hands most of the system's error numbers
 * over as English text only, so the text is what is looked at; the program runs with {@code
 * LC_ALL=C.UTF-8}, which keeps it English.
 */
public enum StorageFailure {
  DISK_FULL(FailureCode.DISK_FULL, "the disk is full"),
  NO_INODES(
      FailureCode.DISK_FULL, "the disk holds as many files as it can (its inodes are used up)"),
  QUOTA(FailureCode.DISK_FULL, "the disk quota is used up"),
  FILE_TOO_LARGE(FailureCode.FILE_SYSTEM_ERROR, "the file system cannot hold a file of this size"),
  READ_ONLY(FailureCode.FOLDER_UNAVAILABLE, "the file system is read-only"),
  PERMISSION(FailureCode.PERMISSION_DENIED, "the permission is missing"),
  MISSING(FailureCode.FILE_SYSTEM_ERROR, "the file or folder is gone"),
  EXISTS(FailureCode.FILE_SYSTEM_ERROR, "the name is taken"),
  CROSS_DEVICE(FailureCode.FILE_SYSTEM_ERROR, "the two paths lie on different file systems"),
  OBSTRUCTED(FailureCode.FILE_SYSTEM_ERROR, "a file or a link lies where a folder of ours belongs"),
  UNREADABLE(FailureCode.FILE_SYSTEM_ERROR, "the device reports an input/output error"),
  DISCONNECTED(FailureCode.FOLDER_UNAVAILABLE, "the network file system does not answer"),
  UNSUPPORTED(FailureCode.FILE_SYSTEM_ERROR, "the file system does not support the operation"),
  INTERRUPTED(FailureCode.FILE_SYSTEM_ERROR, "the program stops or begins the work anew"),
  OTHER(FailureCode.FILE_SYSTEM_ERROR, "the file system reports an error");

  /** The free space in which a new file fits, unless there is no inode for it. */
  private static final long BYTES_OF_A_NEW_FILE = 1 << 18;

  /** The reason of a {@link HangGuard}, which no system gives. */
  static final String NO_ANSWER = "No answer in time";

  private final FailureCode code;
  private final String sentence;

  StorageFailure(FailureCode code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  /** The failure of a recording, or of the installation, that this one causes. */
  public FailureCode code() {
    return code;
  }

  /** A few words for people, to stand in a sentence. */
  public String sentence() {
    return sentence;
  }

  /** True if the folder or disk is at fault and not the one file. */
  public boolean isOfInstallation() {
    return code.scope() == FailureCode.Scope.INSTALLATION;
  }

  /**
   * A clause for people that says what happened and where, such as {@code the disk is full:
   * '/srv/maie-edge/outbox'}. Names of temporary files mean nothing to them and are left out.
   */
  public static String explain(IOException failure) {
    String sentence = of(failure).sentence();
    if (failure instanceof FileSystemException named && named.getFile() != null) {
      Path path = Path.of(fileAtFault(named, named.getFile()));
      return sentence
          + ": '"
          + (DurableFiles.isTemporary(path) ? path.resolveSibling("") : path)
          + "'";
    }
    String message = failure.getMessage();
    return of(failure) == OTHER && message != null ? sentence + ": " + message : sentence;
  }

  /** The target of a move or a link, unless that is where one may write. */
  private static String fileAtFault(FileSystemException failure, String source) {
    @Nullable String target = failure.getOtherFile();
    if (target == null) {
      return source;
    }
    StorageFailure kind = of(failure);
    boolean isAccess = kind == PERMISSION || kind == READ_ONLY;
    boolean isOfSource = isAccess && Files.isWritable(Path.of(target).resolveSibling(""));
    return isOfSource || kind == MISSING || kind == UNREADABLE ? source : target;
  }

  /** Classifies {@code failure}, looking through its causes. */
  public static StorageFailure of(IOException failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      StorageFailure found = ofOne(cause);
      if (found != OTHER) {
        return found;
      }
      cause = cause.getCause();
    }
    return OTHER;
  }

  private static StorageFailure ofOne(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return MISSING;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return EXISTS;
    }
    if (failure instanceof AtomicMoveNotSupportedException) {
      return CROSS_DEVICE;
    }
    if (failure instanceof AccessDeniedException) {
      return PERMISSION;
    }
    if (failure instanceof AsynchronousCloseException
        || failure instanceof FileLockInterruptionException) {
      return INTERRUPTED;
    }
    StorageFailure found = ofText(reason(failure));
    return found == DISK_FULL && hasRoomAround(failure) ? NO_INODES : found;
  }

  /** The system has one word for a disk without space and for one without inodes. */
  private static boolean hasRoomAround(Throwable failure) {
    if (!(failure instanceof FileSystemException named) || named.getFile() == null) {
      return false;
    }
    try {
      Path folder = Path.of(named.getFile()).resolveSibling("");
      return Files.getFileStore(folder).getUsableSpace() >= BYTES_OF_A_NEW_FILE;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable String reason(Throwable failure) {
    if (failure instanceof FileSystemException exception && exception.getReason() != null) {
      return exception.getReason();
    }
    return failure.getMessage();
  }

  private static StorageFailure ofText(@Nullable String text) {
    if (text == null) {
      return OTHER;
    }
    for (Phrase phrase : Phrase.values()) {
      if (text.contains(phrase.text)) {
        return phrase.meaning;
      }
    }
    return OTHER;
  }

  /** The texts of glibc and musl. */
  private enum Phrase {
    ENOSPC("No space left on device", DISK_FULL),
    EDQUOT("Disk quota exceeded", QUOTA),
    EDQUOT_MUSL("Quota exceeded", QUOTA),
    EFBIG("File too large", FILE_TOO_LARGE),
    EROFS("Read-only file system", READ_ONLY),
    EACCES("Permission denied", PERMISSION),
    EPERM("Operation not permitted", PERMISSION),
    EXDEV("Invalid cross-device link", CROSS_DEVICE),
    EXDEV_MUSL("Cross-device link", CROSS_DEVICE),
    FOREIGN(DurableFiles.FOREIGN, OBSTRUCTED),
    EIO("Input/output error", UNREADABLE),
    EIO_MUSL("I/O error", UNREADABLE),
    HANGS(NO_ANSWER, DISCONNECTED),
    ESTALE("Stale file handle", DISCONNECTED),
    ENOTCONN("Transport endpoint is not connected", DISCONNECTED),
    EHOSTDOWN("Host is down", DISCONNECTED),
    ETIMEDOUT("Connection timed out", DISCONNECTED),
    EINVAL("Invalid argument", UNSUPPORTED),
    EOPNOTSUPP("Operation not supported", UNSUPPORTED),
    ENOTSUP_MUSL("Not supported", UNSUPPORTED),
    ENOSYS("Function not implemented", UNSUPPORTED),
    EMLINK("Too many links", UNSUPPORTED);

    private final String text;
    private final StorageFailure meaning;

    Phrase(String text, StorageFailure meaning) {
      this.text = text;
      this.meaning = meaning;
    }
  }
}
