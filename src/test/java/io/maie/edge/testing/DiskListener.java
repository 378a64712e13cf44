package io.maie.edge.testing;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Disk.Call;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Hears the calls that change the disk, as far as the thread that made the listener makes them. */
final class DiskListener extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger disk = (Logger) LoggerFactory.getLogger(Disk.class);
  private final Thread listenedTo = Thread.currentThread();
  private final Hearer hearer;

  /** Receives each call after it changed the disk. */
  interface Hearer {
    /**
     * Receives one call.
     *
     * @param target the new name; the same as {@code path} if there is none
     */
    void hear(Call call, Path path, Path target);
  }

  DiskListener(Hearer hearer) {
    this.hearer = requireNonNull(hearer, "hearer is null");
  }

  /** Listens until it is closed. */
  void attach() {
    start();
    disk.setAdditive(false);
    disk.setLevel(Level.TRACE);
    disk.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (Thread.currentThread() == listenedTo) {
      Object[] told = event.getArgumentArray();
      Path path = (Path) told[1];
      hearer.hear((Call) told[0], path, told[2] instanceof Path other ? other : path);
    }
  }

  @Override
  public void close() {
    disk.detachAppender(this);
    disk.setLevel(null);
    disk.setAdditive(true);
  }
}
