package io.maie.edge.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code status.json} and {@code STATUS.txt} up to date: rewritten when their content
 * changed, at most every few seconds, atomically and without flush.
 */
public final class StatusFiles {
  /** The status for machines, in the state folder. */
  public static final String JSON_NAME = "status.json";

  /** The status for people, in the outbox. */
  public static final String TEXT_NAME = "STATUS.txt";

  private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);

  private final Target json;
  private final Target text;
  private final Duration interval;
  private final Ticker ticker;

  /** When the files were last written, or could not be; guarded by this. */
  private long triedNanos;

  /**
   * Writes nothing yet.
   *
   * @param interval at least this long between two writes
   */
  public StatusFiles(Path state, Path outbox, Duration interval, Ticker ticker) {
    this.json = new Target(state.resolve(JSON_NAME), StatusCodec::encode);
    this.text =
        new Target(outbox.resolve(TEXT_NAME), status -> StatusText.of(status).getBytes(UTF_8));
    this.interval = requireNonNull(interval, "interval is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.triedNanos = ticker.nanos() - interval.toNanos();
  }

  /** Writes {@code status} where it says something new, unless the last write was a moment ago. */
  public synchronized void offer(Status status) {
    if (ticker.nanos() - triedNanos < interval.toNanos()) {
      return;
    }
    for (Target target : List.of(json, text)) {
      if (!status.equals(target.written)) {
        triedNanos = ticker.nanos();
        target.write(status);
      }
    }
  }

  /** Writes {@code status} in any case. */
  public synchronized void write(Status status) {
    triedNanos = ticker.nanos();
    json.write(status);
    text.write(status);
  }

  /** One of the files: a folder that cannot be written is no reason to wear out the other. */
  private static final class Target {
    private final Path file;
    private final Function<Status, byte[]> form;
    private @Nullable Status written;
    private boolean hasFailed;

    Target(Path file, Function<Status, byte[]> form) {
      this.file = file;
      this.form = form;
    }

    void write(Status status) {
      try {
        DurableFiles.replaceWithoutFlush(file, form.apply(status));
        written = status;
        hasFailed = false;
      } catch (IOException e) {
        if (!hasFailed) {
          LOG.warn("Writing '{}' failed; the daemon continues: {}", file, e.toString());
        }
        hasFailed = true;
      }
    }
  }
}
