package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder where recordings arrive.
 *
 * <p>Scanning and claiming may go on in two threads. File contract: a scan changes nothing but its
 * marker file; a claim moves one recording, see {@link #claim}.
 */
public final class Inbox {
  private final InboxOptions options;
  private final Scanner scanner;
  private final Claimer claimer;
  private final CopyingClaim copying;
  private final LateJobFiles lateJobFiles;

  public Inbox(InboxOptions options, Judges judges, Ticker ticker) {
    this.options = requireNonNull(options, "options is null");
    StoreKinds stores = new StoreKinds();
    copying = new CopyingClaim(options.folder());
    claimer = new Claimer(judges.lease(), stores, copying);
    scanner = new Scanner(options, judges, stores, ticker);
    lateJobFiles = new LateJobFiles(options.settle(), judges.lease(), stores, ticker);
  }

  public Path folder() {
    return options.folder();
  }

  /**
   * Looks at everything in the inbox. Takes about 20 microseconds per entry and opens each file
   * once per change. Never throws: an inbox that cannot be read is a {@link FolderProblem}.
   */
  public InboxView scan() {
    return scanner.scan();
  }

  /**
   * Claims a recording: proves once more that nobody writes to it, looks at it once more, and
   * renames it to {@code target}, whose folder exists. When this returns a claim, the rename
   * survives a power cut.
   *
   * @return empty if the recording changed, is in use again, or is gone (another process took it,
   *     or its user): look at the next one
   * @throws IOException if it could not be moved although it is there; it is in the inbox still,
   *     and unless the disk is at fault, scans say so and not that it is ready
   */
  public Optional<Claim> claim(Candidate candidate, Path target) throws IOException {
    try {
      Optional<Claim> claim = claimer.claim(candidate, target);
      if (claim.isEmpty()) {
        scanner.doubt(candidate.path());
      }
      return claim;
    } catch (IOException e) {
      StorageFailure failure = StorageFailure.of(e);
      if (!failure.isOfInstallation()) {
        scanner.refuse(candidate.path(), failure);
      }
      throw e;
    }
  }

  /**
   * Returns a recording to where it came from, without overwriting.
   *
   * @param relative its path below the inbox
   * @return where it lies now
   */
  public Path giveBack(Path recording, Path relative) throws IOException {
    Subfolders.mirrored(options.folder(), relative);
    return Claimer.putBack(recording, options.folder().resolve(relative));
  }

  /**
   * Whether {@code jobFile}, whose recording has left the inbox, is there and complete. What cannot
   * be looked at counts as absent; a link too.
   */
  public JobFileState lateJobFile(Path jobFile) {
    return lateJobFiles.look(jobFile);
  }

  /** Puts back what a crash in the middle of a claim left; called once before the first scan. */
  public void recover() throws IOException {
    copying.recover();
  }
}
