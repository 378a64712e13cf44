package io.maie.edge.spool;

import java.nio.file.Path;

/** Proves that nobody has a file open for writing. */
public interface FileLease {

  /** Tries to take the lease on a regular file. The result must be closed. */
  Lease acquire(Path file);

  /** Answer of the system. */
  enum Grant {
    /** Nobody has the file open for writing while the lease is held and not broken. */
    GRANTED,
    /** Somebody has the file open for writing. */
    OPEN_ELSEWHERE,
    /** The system does not say: network file system, other owner, other operating system. */
    UNAVAILABLE
  }

  /** An answer, and the lease itself if it was granted. */
  interface Lease extends AutoCloseable {
    Grant grant();

    /**
     * Returns whether somebody has tried to open the file for writing since the lease was granted.
     */
    boolean isBroken();

    /** Gives the lease back; a writer that waited for it goes on. */
    @Override
    void close();
  }

  /** Grants nothing, so that every file has to settle. */
  static FileLease disabled() {
    return file -> new NoLease(Grant.UNAVAILABLE);
  }

  /** An answer without a lease. */
  record NoLease(Grant grant) implements Lease {

    @Override
    public boolean isBroken() {
      return false;
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
