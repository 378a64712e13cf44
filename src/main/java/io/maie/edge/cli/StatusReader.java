package io.maie.edge.cli;

import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.StatusCodec;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code state/status.json} as {@link StatusCodec} does, but quickly. */
final class StatusReader {

  private StatusReader() {}

  /**
   * The status in {@code json}.
   *
   * @throws IOException if it is something else
   */
  static Status read(byte[] json) throws IOException {
    JsonTree root = JsonTree.read(json);
    Object schema = root.at("schema_version").value();
    if (!Long.valueOf(StatusCodec.SCHEMA_VERSION).equals(schema)) {
      throw new IOException(
          "Expected a status of schema_version "
              + StatusCodec.SCHEMA_VERSION
              + ", found "
              + schema
              + "; is the running daemon of another version?");
    }
    return status(root);
  }

  private static Status status(JsonTree root) throws IOException {
    return new Status(
        root.at("state").text(),
        root.at("version").text(),
        root.at("pid").integer(),
        instant(root.at("started_at")),
        running(root.at("running")),
        list(root.at("blocked"), JsonTree::text),
        list(root.at("waiting"), StatusReader::waiting),
        (int) root.at("waiting_total").integer(),
        list(root.at("ignored"), StatusReader::waiting),
        list(root.at("results"), StatusReader::ended),
        list(root.at("failures"), StatusReader::ended),
        list(root.at("disks"), StatusReader::disk),
        list(root.at("models"), StatusReader::model),
        list(root.at("checks"), StatusReader::check),
        scan(root.at("scan")),
        nextDeletions(root.at("next_deletions")),
        counts(root.at("counts")));
  }

  private static Status.@Nullable Running running(JsonTree tree) throws IOException {
    if (tree.isNull()) {
      return null;
    }
    return new Status.Running(
        tree.at("task_id").text(),
        tree.at("name").text(),
        tree.at("status").text(),
        tree.at("stage").text(),
        (int) tree.at("percent").integer(),
        tree.at("eta_seconds").integerOrNull(),
        instant(tree.at("started_at")),
        tree.at("audio_seconds").numberOrNull(),
        (int) tree.at("attempt").integer());
  }

  private static Status.Waiting waiting(JsonTree tree) throws IOException {
    return new Status.Waiting(
        tree.at("name").text(),
        tree.at("state").text(),
        tree.at("reason").text(),
        tree.at("bytes").integer(),
        (int) tree.at("priority").integer());
  }

  private static Status.Ended ended(JsonTree tree) throws IOException {
    return new Status.Ended(
        instant(tree.at("at")),
        tree.at("task_id").text(),
        tree.at("name").text(),
        list(tree.at("documents"), JsonTree::text),
        tree.at("audio_seconds").numberOrNull(),
        tree.at("processing_seconds").numberOrNull(),
        tree.at("code").textOrNull(),
        tree.at("message").textOrNull());
  }

  private static Status.Disk disk(JsonTree tree) throws IOException {
    return new Status.Disk(
        tree.at("folder").text(),
        tree.at("free_bytes").integer(),
        tree.at("total_bytes").integer(),
        tree.at("required_free_bytes").integer(),
        tree.at("level").text());
  }

  private static Status.Model model(JsonTree tree) throws IOException {
    return new Status.Model(
        tree.at("name").text(),
        tree.at("task").text(),
        tree.at("shipped").flag(),
        tree.at("in_use").flag());
  }

  private static Status.CheckResult check(JsonTree tree) throws IOException {
    return new Status.CheckResult(
        tree.at("name").text(),
        tree.at("level").text(),
        tree.at("message").text(),
        tree.at("hint").textOrNull());
  }

  private static Status.Scan scan(JsonTree tree) throws IOException {
    return new Status.Scan(
        tree.at("watching").flag(),
        tree.at("idle_seconds").integer(),
        tree.at("slow_seconds").integerOrNull());
  }

  private static Status.NextDeletions nextDeletions(JsonTree tree) throws IOException {
    return new Status.NextDeletions(
        (int) tree.at("count").integer(),
        tree.at("bytes").integer(),
        tree.at("first").textOrNull(),
        tree.at("refusal").textOrNull());
  }

  private static Status.Counts counts(JsonTree tree) throws IOException {
    return new Status.Counts(
        tree.at("published").integer(),
        tree.at("failed").integer(),
        tree.at("returned").integer(),
        tree.at("audio_seconds").number(),
        tree.at("processing_seconds").number());
  }

  private static Instant instant(JsonTree tree) throws IOException {
    try {
      return Instant.parse(tree.text());
    } catch (DateTimeParseException e) {
      throw new IOException("Expected a time in ISO 8601, found '" + tree.text() + "'", e);
    }
  }

  private static <T> List<T> list(JsonTree tree, Element<T> element) throws IOException {
    List<T> list = new ArrayList<>();
    for (JsonTree each : tree.elements()) {
      list.add(element.read(each));
    }
    return list;
  }

  @FunctionalInterface
  private interface Element<T> {
    T read(JsonTree tree) throws IOException;
  }
}
