package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.time.Uptime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the time for which the machine was on, and knows which times of the wall clock belong to
 * it. A clock that somebody sets, or a device that starts in 1970 and gets the time later, makes no
 * file older than it is; time while the machine was off does not count.
 *
 * <p>An era is a span during which wall clock and uptime went at the same pace. A jump of the wall
 * clock begins another one, and so does a restart of the machine.
 *
 * <p>File contract: the eras lie in {@code lived-time} in the state folder and are replaced at each
 * look. If the file is missing or damaged, all ages count from that moment.
 */
public final class LivedTime implements Ages.Source {
  /** In the state folder. */
  public static final String FILE_NAME = "lived-time";

  private static final Logger LOG = LoggerFactory.getLogger(LivedTime.class);
  private static final String VERSION = "maie-edge lived time 1";

  /** Far more than clocks are corrected by while they run. */
  private static final Duration LEAST_JUMP = Duration.ofSeconds(30);

  /** Clocks that are corrected by slewing run up to a two-thousandth too fast or too slow. */
  private static final int DRIFT = 1000;

  /** Restarts of some years; ages of files from before count from the first era that is known. */
  private static final int MOST_ERAS = 1000;

  private final Path file;
  private final InstantSource clock;
  private final Uptime uptime;

  /**
   * A span in which both clocks agree.
   *
   * @param wall the time on the wall clock at the beginning
   * @param lived the time lived until then
   * @param length its length
   */
  private record Era(Instant wall, Duration lived, Duration length) {
    Instant end() {
      return wall.plus(length);
    }

    Duration livedEnd() {
      return lived.plus(length);
    }

    boolean contains(Instant time) {
      return !time.isBefore(wall) && !time.isAfter(end());
    }
  }

  /** All that is kept: when the last look was, and the eras until then. */
  private record Memory(Uptime.Reading last, List<Era> eras) {

    static Memory first(Uptime.Reading reading, Instant now) {
      return new Memory(reading, List.of(new Era(now, Duration.ZERO, Duration.ZERO)));
    }

    Era current() {
      return eras.get(eras.size() - 1);
    }

    /** This, and what both clocks say now. */
    Memory advanced(Uptime.Reading reading, Instant now) {
      boolean sameBoot = last.bootId().equals(reading.bootId());
      Duration passed =
          sameBoot ? reading.sinceBoot().minus(last.sinceBoot()) : reading.sinceBoot();
      Era current = current();
      List<Era> advanced = new ArrayList<>(eras);
      if (sameBoot && isSteady(passed, Duration.between(current.end(), now))) {
        advanced.set(
            advanced.size() - 1,
            new Era(current.wall(), current.lived(), Duration.between(current.wall(), now)));
      } else {
        LOG.info(
            "The clock was set, or the machine restarted; ages count from what it lived through");
        advanced.add(new Era(now, current.livedEnd().plus(passed), Duration.ZERO));
      }
      return new Memory(
          reading, advanced.subList(Math.max(0, advanced.size() - MOST_ERAS), advanced.size()));
    }
  }

  /**
   * Counts on from what {@code state} remembers.
   *
   * @param state the state folder
   */
  public LivedTime(Path state, InstantSource clock, Uptime uptime) {
    this.file = requireNonNull(state, "state is null").resolve(FILE_NAME);
    this.clock = requireNonNull(clock, "clock is null");
    this.uptime = requireNonNull(uptime, "uptime is null");
  }

  /** The ages of now; remembers this look, unless the disk is full. */
  @Override
  public synchronized Ages look() throws IOException {
    Uptime.Reading reading = uptime.read();
    Instant now = clock.instant();
    Memory known = read();
    Memory memory = known == null ? Memory.first(reading, now) : known.advanced(reading, now);
    try {
      write(memory);
    } catch (IOException e) {
      // cleanup must go on: it may be what makes room
      LOG.warn("Writing '{}' failed; cleanup continues: {}", file, e.toString());
    }
    return new Counted(now, memory);
  }

  private static boolean isSteady(Duration passed, Duration shown) {
    Duration tolerance = LEAST_JUMP.plus(passed.dividedBy(DRIFT));
    return passed.minus(shown).abs().compareTo(tolerance) <= 0;
  }

  private @Nullable Memory read() throws IOException {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      if (lines.size() < 3 || !lines.get(0).equals(VERSION)) {
        throw new IllegalArgumentException("expected '" + VERSION + "'");
      }
      String[] last = lines.get(1).split(" ", -1);
      List<Era> eras = new ArrayList<>();
      for (String line : lines.subList(2, lines.size())) {
        String[] era = line.split(" ", -1);
        eras.add(
            new Era(
                Instant.ofEpochMilli(Long.parseLong(era[0])),
                Duration.ofMillis(Long.parseLong(era[1])),
                Duration.ofMillis(Long.parseLong(era[2]))));
      }
      return new Memory(
          new Uptime.Reading(last[0], Duration.ofMillis(Long.parseLong(last[1]))), eras);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      LOG.warn("'{}' is damaged; all ages count from now: {}", file, e.toString());
      return null;
    }
  }

  private void write(Memory memory) throws IOException {
    StringBuilder text = new StringBuilder(VERSION).append('\n');
    Uptime.Reading last = memory.last();
    text.append(last.bootId()).append(' ').append(last.sinceBoot().toMillis()).append('\n');
    for (Era era : memory.eras()) {
      text.append(era.wall().toEpochMilli())
          .append(' ')
          .append(era.lived().toMillis())
          .append(' ')
          .append(era.length().toMillis())
          .append('\n');
    }
    DurableFiles.writeAtomically(file, text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private record Counted(Instant now, Memory memory) implements Ages {

    /** Age of a time; the least of several answers, as after a clock was set back. */
    @Override
    public Duration age(Instant time) {
      if (time.isAfter(now)) {
        return Duration.between(time, now);
      }
      List<Era> eras = memory.eras();
      Duration lived = memory.current().livedEnd();
      for (int i = eras.size() - 1; i >= 0; i--) {
        if (eras.get(i).contains(time)) {
          return lived.minus(eras.get(i).lived().plus(Duration.between(eras.get(i).wall(), time)));
        }
      }
      return lived.minus(eras.get(followingEra(time)).lived());
    }

    /** For a time at which nobody looked: the era after the last one that ended before it. */
    private int followingEra(Instant time) {
      for (int i = memory.eras().size() - 1; i >= 0; i--) {
        if (memory.eras().get(i).end().isBefore(time)) {
          return Math.min(i + 1, memory.eras().size() - 1);
        }
      }
      return 0;
    }
  }
}
