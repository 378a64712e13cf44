package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.HangGuard;
import io.maie.edge.durable.NameRules;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows a folder again. A disk that is not mounted looks like an empty folder, and another disk may
 * be mounted in its place; a marker file tells them from a folder that an operator made anew.
 *
 * <p>A folder is accepted if it lies on the earlier file system, since somebody may remove a folder
 * and create it again; if it carries the earlier marker; or if its marker is empty, which is how an
 * operator says that it is meant. Everything else is a problem until it goes away by itself.
 * Thread-safe.
 *
 * <p>File contract: the marker is written when a folder is accepted that lies on another disk than
 * the state folder, and into every inbox.
 */
public final class FolderIdentity {
  static final String INBOX_MARKER = ".maie-inbox";

  private static final Logger LOG = LoggerFactory.getLogger(FolderIdentity.class);
  private static final int MOST_MARK_BYTES = 4096;
  private static final String MARKER_TEXT =
      "MAIE Edge uses this folder. Without this file it would not know the folder again after its"
          + " disk was mounted anew. ";

  private final String role;
  private final String marker;
  private final Path folder;
  private final KnownFolders memory;
  private final HangGuard guard;

  /** Signature of the folder that was accepted last; guarded by this. */
  private @Nullable FileSignature accepted;

  /** Names that the accepted folder can hold; null until they were tried; guarded by this. */
  private @Nullable NameRules names;

  FolderIdentity(String role, String marker, Path folder, KnownFolders memory) {
    this.role = requireNonNull(role, "role is null");
    this.marker = requireNonNull(marker, "marker is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.memory = requireNonNull(memory, "memory is null");
    this.guard = new HangGuard(folder);
  }

  /** The name of the folder for people, such as {@code outbox}. */
  public String role() {
    return role;
  }

  public Path folder() {
    return folder;
  }

  /** Returns whether recordings are taken from there, rather than put there. */
  public boolean isInbox() {
    return marker.equals(INBOX_MARKER);
  }

  /**
   * The names that the folder can hold. They are tried when the folder is accepted, at the start as
   * a rule; while nothing can be tried, they are those of Unix.
   */
  synchronized NameRules names() {
    NameRules known = names;
    if (known != null) {
      return known;
    }
    try {
      known = memory.names().rules(folder);
    } catch (IOException e) {
      LOG.debug("Trying names in the {} failed: {}", role, e.toString());
      return NameRules.UNIX;
    }
    names = known;
    if (!known.equals(NameRules.UNIX)) {
      LOG.info(
          "The {} cannot hold every name; results take safe ones there path={} rules={}",
          role,
          folder,
          known.forPeople());
    }
    return known;
  }

  /**
   * Makes sure, before something is written, that the folder is still the one that {@link #check}
   * accepted. Changes nothing; before the first check every folder is right.
   *
   * @throws FolderReplacedException if it is another one
   */
  public synchronized void require() throws IOException {
    guard.requireAnswer();
    if (accepted == null) {
      return;
    }
    FileSignature now = FileFacts.followed(folder).signature();
    if (isAnother(now)) {
      throw new FolderReplacedException(folder, replaced());
    }
  }

  /**
   * Makes sure that calls come back from the folder, see {@link HangGuard#requireAnswer}.
   *
   * @throws IOException if its server does not answer
   */
  void requireAnswer() throws IOException {
    guard.requireAnswer();
  }

  /**
   * The problem with a folder on FUSE whose server does not answer. No other folder is looked at,
   * and none is touched.
   */
  Optional<FolderProblem> silence() {
    return guard.isSilent() ? unreachable(StorageFailure.DISCONNECTED) : Optional.empty();
  }

  /** The problem with a folder that {@code failure} keeps from being looked at. */
  Optional<FolderProblem> unreachable(StorageFailure failure) {
    return problem(
        "the " + role + " cannot be looked at: " + failure.sentence(),
        "Check the disk or the network share, and the permissions of the folders above.");
  }

  /** The problem with the folder now; marks and remembers it if there is none. */
  public synchronized Optional<FolderProblem> check() {
    Optional<FolderProblem> problem = look();
    if (problem.isEmpty()) {
      acceptIfNew();
    }
    return problem;
  }

  /** The problem with the folder now; changes nothing. */
  public synchronized Optional<FolderProblem> look() {
    FileFacts facts;
    try {
      guard.requireAnswer();
      facts = FileFacts.followed(folder);
    } catch (NoSuchFileException e) {
      return problem("expected the " + role + ", found nothing", "Create it, or mount its disk.");
    } catch (IOException e) {
      return unreachable(StorageFailure.of(e));
    }
    if (facts.kind() != FileFacts.Kind.FOLDER) {
      return problem("expected a folder, found " + facts.kind().words(), "Remove it.");
    }
    if (memory.lacksDisk(role, folder)) {
      return problem(
          "expected the " + role + " on a disk of its own, found that none is mounted there",
          "Mount the disk, or set " + role + ".require_mount to false.");
    }
    FileSignature now = facts.signature();
    if (accepted != null && accepted.isSameFileAs(now)) {
      return Optional.empty();
    }
    return replacement(now);
  }

  private Optional<FolderProblem> replacement(FileSignature now) {
    if (isAnother(now)) {
      return problem(
          replaced(),
          "Mount the disk of the "
              + role
              + " folder again, or create an empty file "
              + marker
              + " in the folder to have it used.");
    }
    if (accepted == null && mark().isEmpty()) {
      Optional<Path> missing = memory.mounts().missing(folder);
      if (missing.isPresent()) {
        return problem(
            "expected a disk at '" + missing.get() + "', found that it is not mounted",
            "Mount it, or create an empty file " + marker + " in the folder to have it used.");
      }
    }
    return Optional.empty();
  }

  private boolean isAnother(FileSignature now) {
    FileSignature before = accepted;
    if (before != null && before.isSameFileAs(now)) {
      return false;
    }
    Optional<KnownFolders.Known> known = memory.find(role, folder);
    boolean isMoved = before != null && before.device() != now.device();
    isMoved |= known.filter(one -> !memory.mounts().isInUse(one.mountPoint())).isPresent();
    Optional<String> mark = mark();
    boolean isMeant =
        mark.isPresent()
            && (mark.get().isEmpty()
                || known.filter(mine -> mine.mark().equals(mark.get())).isPresent());
    return isMoved && !isMeant;
  }

  private String replaced() {
    return "expected the "
        + role
        + " folder of before, found another file system without its marker "
        + marker;
  }

  private void acceptIfNew() {
    try {
      FileSignature now = FileFacts.followed(folder).signature();
      if (accepted == null || !accepted.isSameFileAs(now)) {
        accept(now);
      }
    } catch (IOException e) {
      LOG.debug("The {} vanished while it was looked at: {}", role, e.toString());
    }
  }

  private void accept(FileSignature now) {
    if (accepted != null) {
      LOG.info("The {} is a new folder; continues with it path={}", role, folder);
    }
    accepted = now;
    names = null;
    Path mountPoint = memory.mounts().mountPointOf(folder);
    String mark = mark().orElse("");
    boolean wantsMark = isInbox() ? !KeptInbox.isReadOnly(folder) : memory.isElsewhere(mountPoint);
    if (mark.isEmpty() && wantsMark) {
      mark = marked();
    }
    memory.remember(role, new KnownFolders.Known(folder, mountPoint, mark));
    if (!marker.equals(INBOX_MARKER)) {
      names();
    }
  }

  /** First line of the marker; empty if it is empty or is not there. */
  private Optional<String> mark() {
    Path file = folder.resolve(marker);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String text = new String(in.readNBytes(MOST_MARK_BYTES), StandardCharsets.UTF_8);
      return Optional.of(text.replaceAll("\\p{Cntrl}+", " ").strip());
    } catch (IOException e) {
      LOG.debug("Reading the marker of the {} failed: {}", role, e.toString());
      return Optional.empty();
    }
  }

  /** Writes a marker; returns its content, or empty if it cannot be written. */
  private String marked() {
    String mark = MARKER_TEXT + UUID.randomUUID();
    try {
      DurableFiles.writeAtomically(
          folder.resolve(marker), (mark + "\n").getBytes(StandardCharsets.UTF_8));
      return mark;
    } catch (IOException e) {
      LOG.warn("Marking the {} failed; continues without path={}: {}", role, folder, e.toString());
      return "";
    }
  }

  private Optional<FolderProblem> problem(String message, String hint) {
    return Optional.of(
        new FolderProblem(FailureCode.FOLDER_UNAVAILABLE, message + ": '" + folder + "'", hint));
  }
}
