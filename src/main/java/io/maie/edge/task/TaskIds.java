package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes task ids: version 7 UUIDs (RFC 9562), whose text sorts by time. Ids of one run never go
 * back, also when the clock does.
 */
public final class TaskIds {
  /** Ids within one millisecond, 12 bits. */
  private static final int COUNTER_LIMIT = 1 << 12;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final InstantSource clock;
  private final RandomGenerator random;

  /** Milliseconds since 1970 of the last id; guarded by this. */
  private long lastMillis;

  /** Position of the last id within its millisecond; guarded by this. */
  private int counter;

  public TaskIds(InstantSource clock, RandomGenerator random) {
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** Returns whether {@code text} has the form of an id, and so is safe as the name of a file. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The next id, such as {@code 01991b2e-5f00-7001-9c3a-…}. */
  public synchronized String next() {
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      counter = 0;
    } else if (++counter == COUNTER_LIMIT) {
      lastMillis++;
      counter = 0;
    }
    long high = (lastMillis << 16) | (7L << 12) | counter;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
