package io.maie.edge.retention;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The ages of files at one moment. */
public interface Ages {

  /** Looks at the clocks. */
  @FunctionalInterface
  interface Source {
    Ages look() throws IOException;
  }

  /** The wall clock at this moment. */
  Instant now();

  /** The time since the wall clock showed {@code time}; negative for a time that is to come. */
  Duration age(Instant time);

  /** Returns whether more than {@code limit} has passed since {@code time}. */
  default boolean isOlder(Instant time, Duration limit) {
    return age(time).compareTo(limit) > 0;
  }

  /** The same moment {@code span} later, if nothing unforeseen happens to the clock. */
  default Ages after(Duration span) {
    Ages before = this;
    return new Ages() {
      @Override
      public Instant now() {
        return before.now().plus(span);
      }

      @Override
      public Duration age(Instant time) {
        return before.age(time).plus(span);
      }
    };
  }
}
