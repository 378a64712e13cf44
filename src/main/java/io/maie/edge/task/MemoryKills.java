package io.maie.edge.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts processes that the system has ended for want of memory since the machine started: those of
 * all control groups, as {@code oom_kill} in {@code /proc/vmstat} says.
 */
final class MemoryKills {
  private static final Path COUNTERS = Path.of("/proc/vmstat");
  private static final Pattern COUNTER = Pattern.compile("(?m)^oom_kill (\\d{1,18})$");

  private MemoryKills() {}

  /** The count now; empty where the system does not say. */
  static OptionalLong count() {
    try {
      Matcher counter = COUNTER.matcher(Files.readString(COUNTERS, StandardCharsets.US_ASCII));
      return counter.find()
          ? OptionalLong.of(Long.parseLong(counter.group(1)))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns whether a process was ended so since {@code attempt} began, on the same start. */
  static boolean happenedSince(Attempt attempt) {
    @Nullable Long before = attempt.memoryKills();
    OptionalLong now = count();
    return before != null && now.isPresent() && now.getAsLong() > before;
  }
}
