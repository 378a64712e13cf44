package io.maie.edge.http;

import io.maie.edge.durable.FileNames;
import io.maie.edge.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;

/** The recording of a task as it was sent, whole or in part. */
final class AudioCalls {
  /** Types that browsers may play; everything else is offered for download only. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry(".wav", "audio/wav"),
          Map.entry(".mp3", "audio/mpeg"),
          Map.entry(".m4a", "audio/mp4"),
          Map.entry(".mp4", "audio/mp4"),
          Map.entry(".aac", "audio/aac"),
          Map.entry(".flac", "audio/flac"),
          Map.entry(".ogg", "audio/ogg"),
          Map.entry(".oga", "audio/ogg"),
          Map.entry(".opus", "audio/ogg"),
          Map.entry(".webm", "audio/webm"),
          Map.entry(".amr", "audio/amr"));

  private final ApiParts parts;

  AudioCalls(ApiParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/tasks/{task_id}/audio", this::audio));
  }

  private void audio(Exchange exchange) throws ProblemException, IOException {
    Task task = parts.task(exchange.name("task_id"));
    Path file =
        parts
            .recordings()
            .find(task)
            .orElseThrow(
                () ->
                    ProblemException.of(
                            404,
                            "RECORDING_GONE",
                            "The recording is no longer on this device",
                            "Recordings are kept for retention.archive_keep.")
                        .withTask(task.id()));
    describe(exchange, task);
    long size = Files.size(file);
    Optional<ByteRange> range = ByteRange.of(range(exchange, tag(task)), size);
    ByteRange sent = range.orElse(new ByteRange(0, size));
    range.ifPresent(part -> exchange.header(HttpHeader.CONTENT_RANGE, part.describe(size)));
    exchange.response().setStatus(range.isPresent() ? 206 : 200);
    exchange.header(HttpHeader.CONTENT_LENGTH, Long.toString(sent.length()));
    if (exchange.request().getMethod().equals("HEAD")) {
      exchange.callback().succeeded();
      return;
    }
    Content.copy(
        Content.Source.from(file, sent.start(), sent.length()),
        exchange.response(),
        exchange.callback());
  }

  /** The recording of a task never changes. */
  private static String tag(Task task) {
    return '"' + task.id() + '"';
  }

  /** The part that is wanted; empty for all, also if it would go on from another recording. */
  private static String range(Exchange exchange, String tag) {
    String condition = exchange.header(HttpHeader.IF_RANGE);
    return condition.isEmpty() || condition.equals(tag) ? exchange.header(HttpHeader.RANGE) : "";
  }

  /** The name comes from strangers, and so does the content: neither may run anything. */
  private static void describe(Exchange exchange, Task task) {
    String extension = FileNames.extension(task.source().name()).toLowerCase(Locale.ROOT);
    String type = TYPES.get(extension);
    exchange.header(HttpHeader.CONTENT_TYPE, type == null ? "application/octet-stream" : type);
    exchange.header(HttpHeader.ACCEPT_RANGES, "bytes");
    exchange.header(HttpHeader.ETAG, tag(task));
    exchange.header(new HttpField("Content-Security-Policy", "default-src 'none'; sandbox"));
    exchange.header(
        new HttpField(
            "Content-Disposition",
            (type == null ? "attachment" : "inline") + "; filename=\"recording" + extension + '"'));
  }
}
