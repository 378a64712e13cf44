package io.maie.edge.http;

import io.maie.edge.telemetry.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The figures of the daemon in the text format of Prometheus, version 0.0.4. */
final class MetricsText {
  private static final Path PROCESS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private final StringBuilder text = new StringBuilder();

  private MetricsText() {}

  static String of(Status status) {
    MetricsText metrics = new MetricsText();
    metrics.tasks(status.counts());
    metrics.stages(status.counts());
    metrics.head("maie_queue_length", "gauge", "Recordings that wait.");
    metrics.line("maie_queue_length", status.waitingTotal());
    metrics.head("maie_healthy", "gauge", "1 if nobody need look, else 0.");
    metrics.line("maie_healthy", status.isHealthy() ? 1 : 0);
    metrics.disks(status);
    metrics.process(status);
    return metrics.text.toString();
  }

  private void tasks(Status.Counts counts) {
    head("maie_tasks_total", "counter", "Tasks that have ended since the start.");
    line("maie_tasks_total{outcome=\"published\"}", counts.published());
    line("maie_tasks_total{outcome=\"failed\"}", counts.failed());
    line("maie_tasks_total{outcome=\"returned\"}", counts.returned());
    head("maie_task_failures_total", "counter", "Tasks that have failed, by code.");
    counts
        .failedByCode()
        .forEach(
            (code, count) -> line("maie_task_failures_total{code=" + quoted(code) + "}", count));
    head("maie_audio_seconds_total", "counter", "Length of what was transcribed.");
    line("maie_audio_seconds_total", counts.audioSeconds());
    head("maie_processing_seconds_total", "counter", "Time that took.");
    line("maie_processing_seconds_total", counts.processingSeconds());
  }

  private void stages(Status.Counts counts) {
    String name = "maie_stage_seconds";
    head(name, "summary", "Time that a stage took, in tasks that were published.");
    for (Status.StageTime stage : counts.stages()) {
      String label = "{stage=" + quoted(stage.stage()) + "}";
      line(name + "_sum" + label, stage.seconds());
      line(name + "_count" + label, stage.count());
    }
  }

  private void process(Status status) {
    head("maie_java_heap_bytes", "gauge", "Memory of Java in use.");
    Runtime runtime = Runtime.getRuntime();
    line("maie_java_heap_bytes", runtime.totalMemory() - runtime.freeMemory());
    OptionalLong resident = residentBytes();
    if (resident.isPresent()) {
      head("process_resident_memory_bytes", "gauge", "Memory of the process.");
      line("process_resident_memory_bytes", resident.getAsLong());
    }
    head("process_start_time_seconds", "gauge", "When the process started, since 1970.");
    line("process_start_time_seconds", status.startedAt().getEpochSecond());
  }

  /** Empty where the system does not tell. */
  private static OptionalLong residentBytes() {
    try (Stream<String> lines = Files.lines(PROCESS)) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(
              line ->
                  1_024
                      * Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip()))
          .findFirst();
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** The value of a label. */
  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private void disks(Status status) {
    head("maie_disk_free_bytes", "gauge", "Free space on the disk of a folder.");
    status
        .disks()
        .forEach(
            disk ->
                line(
                    "maie_disk_free_bytes{folder=" + quoted(disk.folder()) + "}",
                    disk.freeBytes()));
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void line(String series, long value) {
    text.append(series).append(' ').append(value).append('\n');
  }

  private void line(String series, double value) {
    text.append(series).append(' ').append(String.format(Locale.ROOT, "%.3f", value)).append('\n');
  }
}
