package io.maie.edge.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.HangGuard;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status files of the daemon up to date: rewritten when the status changed, at most every
 * few seconds, atomically and without flush. Only on a full disk they are overwritten in place.
 */
public final class StatusFiles {
  /** The status for machines, in the state folder. */
  public static final String JSON_NAME = "status.json";

  /** Says whether all is well, and if not the reasons; in the state folder. */
  public static final String HEALTH_NAME = "health";

  /** Touched while the daemon lives; in the state folder. */
  public static final String HEARTBEAT_NAME = "heartbeat";

  /** The status for people, in the state folder. */
  public static final String STATE_TEXT_NAME = "status.txt";

  /** The same in the outbox. */
  public static final String TEXT_NAME = "STATUS.txt";

  /** Space for a status on a full disk, in the state folder. */
  private static final String RESERVE_NAME = "reserve";

  private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);

  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(10);

  private final List<Target> targets;
  private final Path heartbeat;
  private final Duration interval;
  private final Ticker ticker;
  private final InstantSource clock;

  /** The time at which the heartbeat was last touched; guarded by this. */
  private @Nullable Long lastBeatNanos;

  /** The time of the last writing of the files, successful or not; guarded by this. */
  private long triedNanos;

  /** The time at which the files were last looked for; guarded by this. */
  private long lookedNanos;

  /** The health of the last status that was offered for writing; guarded by this. */
  private @Nullable Boolean toldHealth;

  /**
   * A folder that may be on a disk of its own.
   *
   * @param guard asked before each write
   */
  public record SharedFolder(Path folder, Guard guard) {}

  /** Prevents writing below a mount point whose disk is away. */
  @FunctionalInterface
  public interface Guard {
    void require() throws IOException;
  }

  /**
   * Writes nothing yet.
   *
   * @param interval at least this long between two writes
   */
  public StatusFiles(
      Path state, SharedFolder outbox, Duration interval, Ticker ticker, InstantSource clock) {
    Function<Status, byte[]> text =
        status -> StatusText.of(status, clock.instant()).getBytes(UTF_8);
    SpaceReserve inState = new SpaceReserve(state.resolve(RESERVE_NAME));
    // the outbox may lie on another disk, or have a quota of its own
    SpaceReserve inOutbox = new SpaceReserve(outbox.folder().resolve(FileNames.FOLDER_RESERVE));
    Guard none = () -> {};
    this.targets =
        List.of(
            new Target(state.resolve(JSON_NAME), StatusCodec::encode, none, inState),
            new Target(state.resolve(STATE_TEXT_NAME), text, none, inState),
            new Target(
                state.resolve(HEALTH_NAME),
                status -> HealthText.of(status).getBytes(UTF_8),
                none,
                inState),
            new Target(outbox.folder().resolve(TEXT_NAME), text, outbox.guard(), inOutbox));
    this.heartbeat = state.resolve(HEARTBEAT_NAME);
    this.clock = requireNonNull(clock, "clock is null");
    this.interval = requireNonNull(interval, "interval is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.triedNanos = ticker.nanos() - interval.toNanos();
    this.lookedNanos = ticker.nanos();
  }

  /**
   * Writes {@code status} if it says something new or a file is gone, unless the last write was a
   * moment ago and the health is unchanged.
   */
  public synchronized void offer(Status status) {
    boolean turns = toldHealth != null && toldHealth != status.isHealthy();
    if (!turns && ticker.nanos() - triedNanos < interval.toNanos()) {
      return;
    }
    toldHealth = status.isHealthy();
    boolean looks = ticker.nanos() - lookedNanos >= interval.toNanos();
    lookedNanos = looks ? ticker.nanos() : lookedNanos;
    for (Target target : targets) {
      if (!status.equals(target.written) || (looks && target.isGone())) {
        triedNanos = ticker.nanos();
        target.write(status);
      }
    }
  }

  /** Writes {@code status} in any case. */
  public synchronized void write(Status status) {
    triedNanos = ticker.nanos();
    targets.forEach(target -> target.write(status));
  }

  /**
   * Shows that the daemon lives, by a touch every few seconds. Fails silently where the disk cannot
   * be written any more: then the heartbeat grows old, which says so.
   */
  public synchronized void beat() {
    if (lastBeatNanos != null && ticker.nanos() - lastBeatNanos < BETWEEN_BEATS.toNanos()) {
      return;
    }
    try {
      if (Files.notExists(heartbeat)) {
        DurableFiles.replaceWithoutFlush(heartbeat, new byte[0]);
      }
      Files.setLastModifiedTime(heartbeat, FileTime.from(clock.instant()));
      lastBeatNanos = ticker.nanos();
    } catch (IOException e) {
      LOG.debug("Touching '{}' failed; the daemon continues: {}", heartbeat, e.toString());
    }
  }

  /** One of the files: a folder that cannot be written is no reason to wear out the other. */
  private static final class Target {
    private final Path file;
    private final Function<Status, byte[]> form;
    private final Guard guard;
    private final SpaceReserve reserve;
    private final HangGuard hangs;
    private @Nullable Status written;
    private boolean hasFailed;

    Target(Path file, Function<Status, byte[]> form, Guard guard, SpaceReserve reserve) {
      this.file = file;
      this.form = form;
      this.guard = guard;
      this.reserve = reserve;
      this.hangs = new HangGuard(file);
    }

    /** True if somebody deleted what was written. */
    boolean isGone() {
      try {
        return hangs.call(() -> Files.notExists(file, LinkOption.NOFOLLOW_LINKS));
      } catch (IOException e) {
        return false;
      }
    }

    void write(Status status) {
      try {
        byte[] content = form.apply(status);
        written =
            hangs.call(
                () -> {
                  guard.require();
                  replace(content);
                  return status;
                });
        hasFailed = false;
      } catch (IOException e) {
        if (!hasFailed) {
          LOG.warn("Writing '{}' failed; the daemon continues: {}", file, e.toString());
        }
        hasFailed = true;
      }
    }

    /** Uses the reserve on a full disk, or else overwrites the file in place. */
    private void replace(byte[] content) throws IOException {
      if (isReplaced(content)) {
        reserve.keep();
      } else if (!reserve.release() || !isReplaced(content)) {
        overwrite(content);
      }
    }

    /** False if there is no room for a second file beside the one that is there. */
    private boolean isReplaced(byte[] content) throws IOException {
      try {
        DurableFiles.replaceWithoutFlush(file, content);
        return true;
      } catch (IOException e) {
        if (StorageFailure.of(e).code() != FailureCode.DISK_FULL) {
          throw e;
        }
        return false;
      }
    }

    private void overwrite(byte[] content) throws IOException {
      try (FileChannel channel =
          FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
        channel.write(ByteBuffer.wrap(content));
        channel.truncate(content.length);
      }
    }
  }
}
