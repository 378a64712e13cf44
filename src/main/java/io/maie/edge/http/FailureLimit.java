package io.maie.edge.http;

import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;

/** Closes an address for a while from which many wrong keys came. Thread-safe. */
final class FailureLimit {
  /** So many wrong keys from one address within {@link #MEMORY} close it. */
  private static final int MOST_FAILURES = 10;

  private static final int MOST_ADDRESSES = 1_000;
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final Ticker ticker;

  /** By address; guarded by this. */
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  private record Failures(int count, long sinceNanos) {}

  FailureLimit(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Lets {@code address} try.
   *
   * @throws Trouble 429 if it is closed
   */
  synchronized void check(String address) throws Trouble {
    Failures known = failures.get(address);
    if (known == null) {
      return;
    }
    long left = known.sinceNanos() + MEMORY.toNanos() - ticker.nanos();
    if (left <= 0) {
      failures.remove(address);
    } else if (known.count() >= MOST_FAILURES) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(left) + 1;
      throw Trouble.of(
              429, "TOO_MANY_WRONG_KEYS", "Too many wrong keys came from this address", null)
          .withHeader(HttpHeader.RETRY_AFTER, Long.toString(seconds));
    }
  }

  /** A wrong key came from {@code address}. */
  synchronized void failed(String address) {
    if (failures.size() >= MOST_ADDRESSES) {
      failures.remove(failures.keySet().iterator().next());
    }
    failures.merge(
        address,
        new Failures(1, ticker.nanos()),
        (known, one) -> new Failures(known.count() + 1, known.sinceNanos()));
  }
}
