package io.maie.edge.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Disk.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/**
 * The calls that changed the disk while something ran, in order, as the program itself told them:
 * so what is timed beside the program cannot drift from it.
 */
record DiskSequence(List<Step> steps) {

  /**
   * One call.
   *
   * @param target the new name; equal to {@code path} where a call has one name only
   * @param bytes that were written; else 0
   */
  record Step(Call call, Path path, Path target, int bytes) {
    private static Step of(Object[] told) {
      Path path = (Path) told[1];
      Path target = told[2] instanceof Path other ? other : path;
      int bytes = told[2] instanceof Number number ? number.intValue() : 0;
      return new Step((Call) told[0], path, target, bytes);
    }
  }

  /** Listens while {@code body} runs in this thread. */
  static DiskSequence of(Callable<?> body) throws Exception {
    Logger disk = (Logger) LoggerFactory.getLogger(Disk.class);
    List<Step> steps = new ArrayList<>();
    AppenderBase<ILoggingEvent> listener =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            steps.add(Step.of(event.getArgumentArray()));
          }
        };
    listener.start();
    disk.setAdditive(false);
    disk.setLevel(Level.TRACE);
    disk.addAppender(listener);
    try {
      body.call();
    } finally {
      disk.detachAppender(listener);
      disk.setLevel(null);
      disk.setAdditive(true);
    }
    return new DiskSequence(List.copyOf(steps));
  }

  /** Counts the calls by kind. */
  Map<Call, Integer> counts() {
    Map<Call, Integer> counts = new EnumMap<>(Call.class);
    steps.forEach(step -> counts.merge(step.call(), 1, Integer::sum));
    return counts;
  }
}
