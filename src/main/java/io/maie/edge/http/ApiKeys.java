package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that let clients in, read again while the program runs. Their digests are compared in
 * constant time. Thread-safe.
 */
final class ApiKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
  private static final long LOOK_SECONDS = 15;

  private final KeySource source;
  private volatile List<String> digests;

  private ApiKeys(KeySource source, List<String> digests) {
    this.source = requireNonNull(source, "source is null");
    this.digests = digests;
  }

  /**
   * The keys as they are now.
   *
   * @throws IOException if there are none
   */
  static ApiKeys of(KeySource source) throws IOException {
    return new ApiKeys(source, digestsOf(source));
  }

  private static List<String> digestsOf(KeySource source) throws IOException {
    return source.read().stream().map(Secrets::digest).sorted().toList();
  }

  boolean accepts(String key) {
    String digest = Secrets.digest(key);
    boolean isKnown = false;
    for (String known : digests) {
      isKnown |= Secrets.areEqual(known, digest);
    }
    return isKnown;
  }

  /**
   * Looks at the keys again and again from now on.
   *
   * @param withdrawn called when a key is no longer valid
   */
  void watch(Scheduler scheduler, Runnable withdrawn) {
    var unused =
        scheduler.schedule(
            () -> {
              look(withdrawn);
              watch(scheduler, withdrawn);
            },
            LOOK_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Takes the keys if they have changed; those that cannot be used are left alone. */
  synchronized void look(Runnable withdrawn) {
    try {
      List<String> now = digestsOf(source);
      if (now.equals(digests)) {
        return;
      }
      boolean isWithdrawn = !now.containsAll(digests);
      digests = now;
      LOG.info("Read the keys of the API again; count={} withdrawn={}", now.size(), isWithdrawn);
      if (isWithdrawn) {
        withdrawn.run();
      }
    } catch (IOException e) {
      LOG.warn("Kept the keys of the API: {}", String.valueOf(e.getMessage()));
    }
  }
}
