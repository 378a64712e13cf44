package io.maie.edge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts of Linux about a process. */
final class ProcessFacts {
  private static final double TICKS_PER_SECOND = 100;

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
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
