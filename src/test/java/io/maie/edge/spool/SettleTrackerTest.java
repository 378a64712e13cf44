package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.spool.SettleTracker.Tracked;
import io.maie.edge.testing.ManualTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SettleTrackerTest {
  private static final Path FILE = Path.of("inbox", "a.mp3");
  private static final Duration LEAST = Duration.ofSeconds(5);

  private final ManualTicker ticker = new ManualTicker();
  private final SettleTracker tracker = new SettleTracker(ticker);

  @Test
  void quietTimeCountsFromTheLastChange() {
    observe(1, 100);
    ticker.advance(Duration.ofSeconds(10));
    Tracked file = observe(1, 200);
    ticker.advance(Duration.ofSeconds(3));
    observe(1, 200);

    assertThat(tracker.quiet(file)).isEqualTo(Duration.ofSeconds(3));
    assertThat(tracker.since(file.seenAt())).isEqualTo(Duration.ofSeconds(13));
  }

  @Test
  void aChangeOfAttributesAloneIsAChange() {
    Tracked file = tracker.observe(FILE, facts(new FileSignature(1, 1, 100, 7, 1)));
    ticker.advance(Duration.ofSeconds(3));
    tracker.observe(FILE, facts(new FileSignature(1, 1, 100, 7, 2)));

    assertThat(tracker.quiet(file)).isZero();
  }

  @Test
  void thePausesOfAWriterAreLearned() {
    Tracked file = observe(1, 100);
    assertThat(file.settleTime(LEAST)).isEqualTo(LEAST);

    ticker.advance(Duration.ofSeconds(20));
    observe(1, 200);
    ticker.advance(Duration.ofSeconds(2));
    observe(1, 300);

    assertThat(file.settleTime(LEAST)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void noMoreThanTwoMinutesAreLearned() {
    Tracked file = observe(1, 100);
    ticker.advance(Duration.ofMinutes(5));
    observe(1, 200);

    assertThat(file.settleTime(LEAST)).isEqualTo(Duration.ofMinutes(2));
    assertThat(file.settleTime(Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void anotherFileOfTheSameNameStartsAnewAndArrivesLater() {
    Tracked first = observe(1, 100);
    ticker.advance(Duration.ofMinutes(1));

    Tracked second = observe(2, 100);

    assertThat(tracker.quiet(second)).isZero();
    assertThat(second.order()).isGreaterThan(first.order());
  }

  @Test
  void vanishedFilesAreForgotten() {
    Tracked first = observe(1, 100);
    tracker.retain(Set.of());

    assertThat(observe(1, 100)).isNotSameAs(first);
  }

  private Tracked observe(long inode, long bytes) {
    return tracker.observe(FILE, facts(new FileSignature(1, inode, bytes, bytes, bytes)));
  }

  private static FileFacts facts(FileSignature signature) {
    return new FileFacts(FileFacts.Kind.FILE, signature, 1, 0, 0644);
  }
}
