package io.maie.edge.testing;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Disk.Call;
import java.nio.file.Path;
import java.util.function.BiPredicate;
import org.slf4j.LoggerFactory;

/** Acts once, in the instant after a certain call of the thread that made it changed the disk. */
public final class DiskTripwire implements AutoCloseable {
  private final Logger disk = (Logger) LoggerFactory.getLogger(Disk.class);
  private final Thread listenedTo = Thread.currentThread();
  private final BiPredicate<Call, Path> trigger;
  private final Runnable action;
  private final Listener listener = new Listener();
  private boolean hasActed;

  /**
   * Waits for the call.
   *
   * @param trigger gets each call with its first path
   */
  public DiskTripwire(BiPredicate<Call, Path> trigger, Runnable action) {
    this.trigger = requireNonNull(trigger, "trigger is null");
    this.action = requireNonNull(action, "action is null");
    listener.start();
    disk.setAdditive(false);
    disk.setLevel(Level.TRACE);
    disk.addAppender(listener);
  }

  public boolean hasActed() {
    return hasActed;
  }

  @Override
  public void close() {
    disk.detachAppender(listener);
    disk.setLevel(null);
    disk.setAdditive(true);
  }

  private final class Listener extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      Object[] told = event.getArgumentArray();
      boolean isOurs = Thread.currentThread() == listenedTo && !hasActed;
      if (isOurs && trigger.test((Call) told[0], (Path) told[1])) {
        hasActed = true;
        action.run();
      }
    }
  }
}
