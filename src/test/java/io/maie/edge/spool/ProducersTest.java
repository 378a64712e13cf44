package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.Producer;
import io.maie.edge.testing.Producer.Manner;
import io.maie.edge.testing.WaveBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a program writes, its recording is claimed when it is complete and not before. */
final class ProducersTest {
  /**
   * Less than the settling time: without a lease and a container there is nothing else to go by.
   */
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(3);

  /** Much more than the settling time. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(45);

  private static final Duration BREATH = Duration.ofMillis(200);

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ManualTicker ticker = new ManualTicker();

  @TempDir Path home;
  private Path folder;
  private Path work;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(home.resolve("inbox mit ü"));
    work = Files.createDirectory(home.resolve("work"));
  }

  /** Reliable evidence. */
  enum Lease {
    LOCAL,
    NONE
  }

  /** One row of the table. */
  record Case(Manner manner, String name, Lease lease, Duration pause) {
    byte[] content() {
      byte[] wav = WaveBytes.noise(5_000, 11);
      if (name.endsWith(".wav")) {
        return wav;
      }
      byte[] unknown = wav.clone();
      unknown[0] = (byte) 0xFF;
      return unknown;
    }

    /** True if an honest pause of this length looks different from the end. */
    boolean isDecidable() {
      boolean isLong = pause.equals(LONG_PAUSE);
      if (isLong && manner == Manner.FINDER) {
        // stays empty for longer than an empty file may
        return false;
      }
      boolean provesItself = name.endsWith(".wav") && manner != Manner.EXPLORER;
      boolean staysOpen = lease == Lease.LOCAL && manner != Manner.APPENDER;
      boolean isHidden = List.of(Manner.RSYNC, Manner.SYNCTHING, Manner.WINSCP).contains(manner);
      return !isLong || provesItself || staysOpen || isHidden;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Manner manner : Manner.values()) {
      for (String name : List.of("räuber 1.wav", "räuber 1.mp3")) {
        for (Lease lease : Lease.values()) {
          for (Duration pause : List.of(SHORT_PAUSE, LONG_PAUSE)) {
            Case row = new Case(manner, name, lease, pause);
            boolean makesSense = manner != Manner.RECORDER || name.endsWith(".wav");
            if (makesSense && row.isDecidable()) {
              cases.add(row);
            }
          }
        }
      }
    }
    return cases;
  }

  /** A pause in any one place; everywhere else the producer is quick, so nothing is learned. */
  @ParameterizedTest
  @MethodSource("cases")
  void recordingsAreClaimedAfterTheirProducerIsDone(Case row) throws IOException {
    int pauseAt = 0;
    boolean wasReached = true;
    while (wasReached) {
      folder = Files.createDirectory(home.resolve("inbox mit ü " + pauseAt));
      work = Files.createDirectory(home.resolve("work " + pauseAt));
      wasReached = watch(row, pauseAt);
      pauseAt++;
    }
    assertThat(pauseAt).isGreaterThan(2);
  }

  /** Watches one producer; false if it was done before the pause. */
  private boolean watch(Case row, int pauseAt) throws IOException {
    Inbox inbox = inbox(row.lease());
    byte[] content = row.content();
    int steps = 0;
    try (Producer producer = Producer.of(row.manner(), folder.resolve(row.name()), content)) {
      producer.step();
      // after the last byte the rest is closing, old times, the other name of a link
      while (!isComplete(producer.target(), content)) {
        assertThat(inbox.scan().ready()).as("step %s of %s", steps, row).isEmpty();
        ticker.advance(steps == pauseAt ? row.pause() : BREATH);
        assertThat(inbox.scan().ready()).as("pause after step %s of %s", steps, row).isEmpty();
        producer.step();
        steps++;
      }
      while (!producer.isDone()) {
        producer.step();
      }
      Claim claim = claimWithin(inbox, PATIENCE).orElseThrow();

      assertThat(claim.recording()).hasBinaryContent(content);
      assertThat(producer.target()).doesNotExist();
    }
    return steps > pauseAt;
  }

  static LongStream seeds() {
    long first = Long.getLong("maie.seed", 1L);
    return LongStream.range(first, first + 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void claimedRecordingsEqualTheirSources(long seed) throws IOException {
    Random random = new Random(seed);
    List<Case> cases = cases();
    Case row = cases.get(random.nextInt(cases.size()));
    Inbox inbox = inbox(row.lease());
    byte[] content = row.content();
    try (Producer producer = Producer.of(row.manner(), folder.resolve(row.name()), content)) {
      Optional<Claim> claim = Optional.empty();

      while (claim.isEmpty() && !producer.isDone()) {
        claim = act(inbox, producer, random, row);
      }
      while (!producer.isDone() && claim.isEmpty()) {
        producer.step();
      }
      Claim sure = claim.isPresent() ? claim.get() : claimWithin(inbox, PATIENCE).orElseThrow();

      assertThat(sure.recording()).as("seed %s, %s", seed, row).hasBinaryContent(content);
      assertThat(ClaimedFile.hasChanged(sure)).isFalse();
    }
  }

  private Optional<Claim> act(Inbox inbox, Producer producer, Random random, Case row)
      throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> producer.step();
      case 1 -> {
        // looks often enough that a short pause stays short
        inbox.scan();
        ticker.advance(random.nextInt(3) == 0 ? row.pause() : BREATH);
        Optional<Claim> claim = random.nextBoolean() ? claimReady(inbox) : Optional.empty();
        if (claim.isPresent()) {
          return claim;
        }
        // no second pause before the next step: together they would be longer than the row says
        producer.step();
      }
      case 2 -> inbox.scan();
      default -> {
        return claimReady(inbox);
      }
    }
    return Optional.empty();
  }

  private Optional<Claim> claimWithin(Inbox inbox, Duration patience) throws IOException {
    long end = ticker.nanos() + patience.toNanos();
    while (ticker.nanos() < end) {
      Optional<Claim> claim = claimReady(inbox);
      if (claim.isPresent()) {
        return claim;
      }
      ticker.advance(Duration.ofSeconds(1));
    }
    return Optional.empty();
  }

  private Optional<Claim> claimReady(Inbox inbox) throws IOException {
    for (Candidate candidate : inbox.scan().ready()) {
      Optional<Claim> claim = inbox.claim(candidate, work.resolve("input"));
      if (claim.isPresent()) {
        return claim;
      }
    }
    return Optional.empty();
  }

  private Inbox inbox(Lease lease) {
    FileLease leases = lease == Lease.LOCAL ? SystemFileLease.open() : FileLease.disabled();
    return new Inbox(
        InboxOptions.of(folder),
        new ArrivalChecks(new ContainerWholeness(), Ranking.byArrival(), leases),
        ticker);
  }

  private static boolean isComplete(Path target, byte[] content) throws IOException {
    return Files.isRegularFile(target)
        && java.util.Arrays.equals(Files.readAllBytes(target), content);
  }
}
