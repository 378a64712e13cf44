package io.maie.edge.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Disk.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Listens to the calls that change the disk; knows only those of the thread that made it. */
public final class DiskRecorder implements AutoCloseable {
  private final Logger disk = (Logger) LoggerFactory.getLogger(Disk.class);
  private final Thread listenedTo = Thread.currentThread();
  private final List<Told> calls = new ArrayList<>();
  private final Listener listener = new Listener();

  /**
   * One call.
   *
   * @param target the new name; the same as {@code path} if there is none
   * @param content of the file after it was written to, one character per byte; else empty
   */
  public record Told(Call call, Path path, Path target, String content) {}

  public DiskRecorder() {
    listener.start();
    disk.setAdditive(false);
    disk.setLevel(Level.TRACE);
    disk.addAppender(listener);
  }

  public List<Told> calls() {
    return List.copyOf(calls);
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
      if (Thread.currentThread() == listenedTo) {
        Path path = (Path) told[1];
        Path target = told[2] instanceof Path other ? other : path;
        calls.add(new Told((Call) told[0], path, target, content((Call) told[0], path)));
      }
    }
  }

  private static String content(Call call, Path path) {
    try {
      return switch (call) {
        case WRITE, OVERWRITE, APPEND -> Files.readString(path, StandardCharsets.ISO_8859_1);
        case MAKE_FOLDER, FLUSH, FLUSH_FOLDER, RENAME, LINK, DELETE -> "";
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
