package io.maie.edge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Facts of Linux about a process. */
final class ProcessFacts {
  private static final double TICKS_PER_SECOND = 100;

  /** Field of the first time among those behind the name of the program. */
  private static final int FIRST_TIME = 11;

  private ProcessFacts() {}

  static long statusKilobytes(long pid, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  /** User and system time of the process in seconds. */
  static double cpuSeconds(long pid) throws IOException {
    return ticks(pid, 2) / TICKS_PER_SECOND;
  }

  /** User and system time in seconds of the process and of its children that have ended. */
  static double cpuSecondsWithChildren(long pid) throws IOException {
    return ticks(pid, 4) / TICKS_PER_SECOND;
  }

  /** The sum of the first {@code count} times: its own, then those of its children. */
  private static long ticks(long pid, int count) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Arrays.stream(fields, FIRST_TIME, FIRST_TIME + count).mapToLong(Long::parseLong).sum();
  }
}
