package io.maie.edge.spool;

import com.sun.jna.LastErrorException;
import io.maie.edge.durable.LibC;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** File leases of Linux, see fcntl(2). Granted to the owner of a file, or with CAP_LEASE. */
public final class SystemFileLease implements FileLease {
  /*
   * The kernel tells the holder of a lease with a signal that somebody wants to write. The default
   * signal is SIGIO, which ends a JVM; so another one, which is ignored by default, is chosen
   * BEFORE the lease is taken. The writer's open() waits until the lease is given back, or for
   * /proc/sys/fs/lease-break-time (45 s).
   */
  private static final Logger LOG = LoggerFactory.getLogger(SystemFileLease.class);

  /** Reading is the default. */
  private static final int OPEN_FLAGS = LibC.O_NONBLOCK | LibC.O_CLOEXEC | LibC.O_NOFOLLOW;

  private static final int F_SETSIG = 10;
  private static final int F_SETLEASE = 1024;
  private static final int F_GETLEASE = 1025;
  private static final long F_RDLCK = 0;
  private static final long F_UNLCK = 2;
  private static final long SIGURG = 23;

  private static final int EAGAIN = 11;

  private final LibC libc;

  private SystemFileLease(LibC libc) {
    this.libc = libc;
  }

  /** The leases of this system, or the disabled twin where there are none. */
  public static FileLease open() {
    LibC libc = LibC.load("continues without file leases");
    return libc == null ? FileLease.disabled() : new SystemFileLease(libc);
  }

  @Override
  public Lease acquire(Path file) {
    int descriptor;
    try {
      descriptor = libc.open(LibC.terminated(file), OPEN_FLAGS);
    } catch (LastErrorException e) {
      return new NoLease(Grant.UNAVAILABLE);
    }
    try {
      libc.fcntl(descriptor, F_SETSIG, SIGURG);
      libc.fcntl(descriptor, F_SETLEASE, F_RDLCK);
      return new Held(libc, descriptor);
    } catch (LastErrorException e) {
      close(libc, descriptor);
      return new NoLease(e.getErrorCode() == EAGAIN ? Grant.OPEN_ELSEWHERE : Grant.UNAVAILABLE);
    }
  }

  private static void close(LibC libc, int descriptor) {
    try {
      libc.close(descriptor);
    } catch (LastErrorException e) {
      LOG.debug("Closing a leased file failed; continues error={}", e.getErrorCode());
    }
  }

  /** A lease that is held; closing the descriptor would release it too. */
  private static final class Held implements Lease {
    private final LibC libc;
    private final int descriptor;
    private boolean closed;

    private Held(LibC libc, int descriptor) {
      this.libc = libc;
      this.descriptor = descriptor;
    }

    @Override
    public Grant grant() {
      return Grant.GRANTED;
    }

    @Override
    public boolean isBroken() {
      // while a break is under way the kernel names what the lease is to become
      return closed || libc.fcntl(descriptor, F_GETLEASE) != F_RDLCK;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        libc.fcntl(descriptor, F_SETLEASE, F_UNLCK);
      } catch (LastErrorException e) {
        LOG.debug("Giving a lease back failed; closes the file error={}", e.getErrorCode());
      } finally {
        SystemFileLease.close(libc, descriptor);
      }
    }
  }
}
