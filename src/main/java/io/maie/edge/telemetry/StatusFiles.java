package io.maie.edge.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

  private final Path json;
  private final Path text;
  private final Duration interval;
  private final Ticker ticker;

  /** Guarded by this, like all that follows. */
  private @Nullable Status written;

  private long writtenNanos;
  private boolean hasFailed;

  /**
   * Writes nothing yet.
   *
   * @param interval at least this long between two writes
   */
  public StatusFiles(Path state, Path outbox, Duration interval, Ticker ticker) {
    this.json = requireNonNull(state, "state is null").resolve(JSON_NAME);
    this.text = requireNonNull(outbox, "outbox is null").resolve(TEXT_NAME);
    this.interval = requireNonNull(interval, "interval is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  /** Writes {@code status} unless it says nothing new or the last write was a moment ago. */
  public synchronized void offer(Status status) {
    boolean isYoung = written != null && ticker.nanos() - writtenNanos < interval.toNanos();
    if (!isYoung && !status.equals(written)) {
      write(status);
    }
  }

  /** Writes {@code status} in any case. */
  public synchronized void write(Status status) {
    writtenNanos = ticker.nanos();
    try {
      DurableFiles.replaceWithoutFlush(json, StatusCodec.encode(status));
      DurableFiles.replaceWithoutFlush(text, StatusText.of(status).getBytes(UTF_8));
      written = status;
      hasFailed = false;
    } catch (IOException e) {
      if (!hasFailed) {
        LOG.warn("Writing the status failed; the daemon continues: {}", e.toString());
      }
      hasFailed = true;
    }
  }
}
