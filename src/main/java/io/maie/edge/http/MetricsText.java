package io.maie.edge.http;

import io.maie.edge.telemetry.Status;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of the daemon in the text format of Prometheus, version 0.0.4. */
final class MetricsText {
  private final StringBuilder text = new StringBuilder();

  private MetricsText() {}

  static String of(Status status) {
    MetricsText metrics = new MetricsText();
    Status.Counts counts = status.counts();
    metrics.head("maie_tasks_total", "counter", "Tasks that have ended since the start.");
    metrics.line("maie_tasks_total{outcome=\"published\"}", counts.published());
    metrics.line("maie_tasks_total{outcome=\"failed\"}", counts.failed());
    metrics.line("maie_tasks_total{outcome=\"returned\"}", counts.returned());
    metrics.recentFailures(status);
    metrics.head("maie_audio_seconds_total", "counter", "Length of what was transcribed.");
    metrics.line("maie_audio_seconds_total", counts.audioSeconds());
    metrics.head("maie_processing_seconds_total", "counter", "Time that took.");
    metrics.line("maie_processing_seconds_total", counts.processingSeconds());
    metrics.head("maie_queue_length", "gauge", "Recordings that wait.");
    metrics.line("maie_queue_length", status.waitingTotal());
    metrics.head("maie_healthy", "gauge", "1 if nobody need look, else 0.");
    metrics.line("maie_healthy", status.isHealthy() ? 1 : 0);
    metrics.disks(status);
    metrics.head("maie_java_heap_bytes", "gauge", "Memory of Java in use.");
    Runtime runtime = Runtime.getRuntime();
    metrics.line("maie_java_heap_bytes", runtime.totalMemory() - runtime.freeMemory());
    return metrics.text.toString();
  }

  private void recentFailures(Status status) {
    Map<String, Integer> byCode = new TreeMap<>();
    status
        .failures()
        .forEach(failure -> byCode.merge(String.valueOf(failure.code()), 1, Integer::sum));
    head("maie_recent_failures", "gauge", "The failures that status lists, by code.");
    byCode.forEach((code, count) -> line("maie_recent_failures{code=\"" + code + "\"}", count));
  }

  private void disks(Status status) {
    head("maie_disk_free_bytes", "gauge", "Free space on the disk of a folder.");
    status
        .disks()
        .forEach(
            disk ->
                line("maie_disk_free_bytes{folder=\"" + disk.folder() + "\"}", disk.freeBytes()));
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
