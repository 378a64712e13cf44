package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanLoopTest {
  @TempDir private Path inbox;
  private final ManualTicker time = new ManualTicker();
  private ScanLoop scans;

  @BeforeEach
  void setUp() {
    scans = loop(Doorbell.disabled());
  }

  private ScanLoop loop(Doorbell doorbell) {
    return new ScanLoop(
        new Inbox(InboxOptions.of(inbox), ArrivalChecks.disabled(), time),
        () -> true,
        doorbell,
        ScanOptions.DEFAULTS,
        time);
  }

  @Test
  void anEmptyInboxIsLookedAtMoreOftenWhereNothingRings() {
    scans.cycle();
    assertThat(scans.pause()).isEqualTo(ScanOptions.DEFAULTS.unwatched());

    ScanLoop watched = loop(new AlwaysWatching());
    watched.cycle();
    assertThat(watched.pause()).isEqualTo(ScanOptions.DEFAULTS.idle());
  }

  @Test
  void anInboxThatOthersWriteToIsLookedAtAsOftenAsOneWhereNothingRings() {
    Inbox shared = new Inbox(InboxOptions.of(inbox), ArrivalChecks.disabled(), time);
    ScanLoop network =
        new ScanLoop(shared, () -> false, new AlwaysWatching(), ScanOptions.DEFAULTS, time);

    network.cycle();

    assertThat(network.pause()).isEqualTo(ScanOptions.DEFAULTS.unwatched());
    assertThat(network.isWatching()).isFalse();
  }

  /** The watcher touches the folder before the scan does. */
  @Test
  void anInboxThatHangsBeforeItsScanStopsClaiming() {
    List<String> problems = new ArrayList<>();
    ScanLoop[] hanging = new ScanLoop[1];
    hanging[0] =
        loop(
            new AlwaysWatching() {
              @Override
              public void ensureWatching(Runnable ring) {
                time.advance(Duration.ofSeconds(40));
                problems.addAll(hanging[0].problems());
              }
            });

    hanging[0].cycle();

    assertThat(problems).singleElement().asString().contains("has not answered for 40 s");
    assertThat(hanging[0].problems()).isEmpty();
  }

  @Test
  void aRecordingThatSettlesIsLookedAtSoon() throws IOException {
    Files.write(inbox.resolve("a.mp3"), new byte[10]);

    scans.cycle();

    assertThat(scans.pause()).isEqualTo(ScanOptions.DEFAULTS.pending());
  }

  @Test
  void aFileThatIsStillEmptyIsLookedAtInGrowingSteps() throws IOException {
    Files.createFile(inbox.resolve("a.wav"));

    scans.cycle();

    assertThat(scans.pause()).isEqualTo(Duration.ofMillis(50));
    assertThat(scans.pause()).isEqualTo(Duration.ofMillis(100));
    for (int i = 0; i < 1_000; i++) {
      scans.pause();
    }
    assertThat(scans.pause()).isEqualTo(ScanOptions.DEFAULTS.pending());
  }

  @Test
  void aMissingInboxIsAProblemWithAReason() throws IOException {
    Files.delete(inbox);

    scans.cycle();

    assertThat(scans.problems()).singleElement().asString().contains("FOLDER_UNAVAILABLE");
    Files.createDirectory(inbox);
  }

  @Test
  void aProblemAtTheStartHoldsUntilAScanFindsTheInbox() throws IOException {
    Inbox late = new Inbox(InboxOptions.of(inbox.resolve("late")), ArrivalChecks.disabled(), time);
    ScanLoop loop = new ScanLoop(late, () -> true, Doorbell.disabled(), ScanOptions.DEFAULTS, time);

    late.recover((relative, content) -> false).ifPresent(loop::beginWith);
    assertThat(loop.problems()).singleElement().asString().contains("FOLDER_UNAVAILABLE");

    Files.createDirectory(late.folder());
    loop.cycle();
    assertThat(loop.problems()).isEmpty();
  }

  @Test
  void theDoorbellIsKeptAliveByEveryScan() {
    AlwaysWatching doorbell = new AlwaysWatching();
    ScanLoop watched = loop(doorbell);

    watched.cycle();
    watched.cycle();

    assertThat(doorbell.calls).isEqualTo(2);
  }

  /** A doorbell that works. */
  private static class AlwaysWatching implements Doorbell {
    private int calls;

    @Override
    public void ensureWatching(Runnable ring) {
      calls++;
    }

    @Override
    public boolean isWatching() {
      return true;
    }

    @Override
    public void close() {}
  }
}
