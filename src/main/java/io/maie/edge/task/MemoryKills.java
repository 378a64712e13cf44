package io.maie.edge.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the processes that the system has ended because memory ran out since the machine started,
 * in all control groups. The counter is {@code oom_kill} in {@code /proc/vmstat}.
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

  /** Returns whether the system ended a process because memory ran out since {@code start}. */
  static boolean happenedSince(Attempt.Start start) {
    OptionalLong before = start.memoryKills();
    OptionalLong now = count();
    return before.isPresent() && now.isPresent() && now.getAsLong() > before.getAsLong();
  }
}
