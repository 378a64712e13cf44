package io.maie.edge.http;

import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Closes an address for a while from which many wrong keys came, and a wrong key that came often,
 * from wherever. Thread-safe.
 */
final class FailureLimit {
  /** So many wrong keys from one address within {@link #MEMORY} close it. */
  private static final int MOST_FAILURES = 10;

  private static final int MOST_SOURCES = 1_000;
  private static final int GROUPS = 8;
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final Ticker ticker;

  /** By network or digest of a key; guarded by this. */
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  private record Failures(int count, long sinceNanos) {}

  FailureLimit(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Lets {@code address} try.
   *
   * @throws ProblemException 429 if it is closed
   */
  void check(String address) throws ProblemException {
    checkSource(network(address));
  }

  /**
   * Lets {@code address} try a key.
   *
   * @throws ProblemException 429 if one of them is closed
   */
  void check(String address, String key) throws ProblemException {
    check(address);
    checkSource(Secrets.digest(key));
  }

  private synchronized void checkSource(String source) throws ProblemException {
    Failures known = failures.get(source);
    if (known == null) {
      return;
    }
    long left = known.sinceNanos() + MEMORY.toNanos() - ticker.nanos();
    if (left <= 0) {
      failures.remove(source);
    } else if (known.count() >= MOST_FAILURES) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(left) + 1;
      throw ProblemException.of(
              429,
              "TOO_MANY_WRONG_KEYS",
              "Too many wrong keys came from this address",
              "Wait as long as Retry-After says, and correct the key.")
          .withHeader(HttpHeader.RETRY_AFTER, Long.toString(seconds));
    }
  }

  /** Something that opens nothing came from {@code address}. */
  void failed(String address) {
    count(network(address));
  }

  /** A wrong key came from {@code address}. */
  void failed(String address, String key) {
    failed(address);
    count(Secrets.digest(key));
  }

  /**
   * The network of an address. A client that has one address of version 6 has all that share its
   * first half. Java writes all eight groups.
   */
  private static String network(String address) {
    List<String> groups = List.of(address.split(":", -1));
    return groups.size() == GROUPS ? String.join(":", groups.subList(0, GROUPS / 2)) : address;
  }

  private synchronized void count(String source) {
    if (failures.size() >= MOST_SOURCES) {
      failures.remove(failures.keySet().iterator().next());
    }
    failures.merge(
        source,
        new Failures(1, ticker.nanos()),
        (known, one) -> new Failures(known.count() + 1, known.sinceNanos()));
  }
}
