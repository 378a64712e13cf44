package io.maie.edge.http;

import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Decides who may ask. Thread-safe. */
final class Guard {
  private static final Set<String> LOOPBACK =
      Set.of("127.0.0.1", "localhost", "::1", "[::1]", "[0:0:0:0:0:0:0:1]", "0:0:0:0:0:0:0:1");
  private static final Set<String> OPEN = Set.of("/health", "/ready", "/metrics");
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String BEARER = "bearer ";

  /** So many wrong keys from one address within {@link #MEMORY} close it. */
  private static final int MOST_FAILURES = 10;

  private static final int MOST_ADDRESSES = 1_000;
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final ApiKeys keys;
  private final Set<String> names;
  private final Ticker ticker;

  /** By address; guarded by this. */
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  private record Failures(int count, long sinceNanos) {}

  /**
   * A guard.
   *
   * @param names by which the device may be called, besides its loopback
   */
  Guard(ApiKeys keys, Set<String> names, Ticker ticker) {
    this.keys = keys;
    this.names = Set.copyOf(names);
    this.ticker = ticker;
  }

  /**
   * Lets {@code request} in.
   *
   * @throws Trouble 401, 403, 421 or 429 if it must not come in
   */
  void check(Request request) throws Trouble {
    String host = String.valueOf(Request.getServerName(request)).toLowerCase(Locale.ROOT);
    if (!LOOPBACK.contains(host) && !names.contains(host)) {
      throw Trouble.of(
          421,
          "WRONG_HOST",
          "This device is not called '" + host + "'",
          "Use its address; the operator can add names with http.names.");
    }
    checkOrigin(request);
    if (!OPEN.contains(request.getHttpURI().getDecodedPath())) {
      checkKey(request);
    }
  }

  /** A page of another place must not change anything here. */
  private static void checkOrigin(Request request) throws Trouble {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || HARMLESS.contains(request.getMethod())) {
      return;
    }
    String own = request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority();
    if (!origin.equals(own)) {
      throw Trouble.of(403, "WRONG_ORIGIN", "A page of another place may not ask for this", null);
    }
  }

  private void checkKey(Request request) throws Trouble {
    String address = Request.getRemoteAddr(request);
    if (hasFailedTooOften(address)) {
      throw Trouble.of(
          429, "TOO_MANY_WRONG_KEYS", "Too many wrong keys came from this address", null);
    }
    String key = keyOf(request);
    if (key == null || !keys.accepts(key)) {
      if (key != null) {
        failed(address);
      }
      throw Trouble.of(
          401,
          "UNAUTHORIZED",
          key == null ? "Expected a key, found none" : "The key is not known",
          "Send it as 'X-API-Key: KEY' or 'Authorization: Bearer KEY'.");
    }
  }

  private static @Nullable String keyOf(Request request) {
    String key = request.getHeaders().get("X-API-Key");
    if (key != null) {
      return key;
    }
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    boolean isBearer =
        authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    return authorization != null && isBearer
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private synchronized boolean hasFailedTooOften(String address) {
    Failures known = failures.get(address);
    if (known != null && ticker.nanos() - known.sinceNanos() > MEMORY.toNanos()) {
      failures.remove(address);
      return false;
    }
    return known != null && known.count() >= MOST_FAILURES;
  }

  private synchronized void failed(String address) {
    if (failures.size() >= MOST_ADDRESSES) {
      failures.remove(failures.keySet().iterator().next());
    }
    failures.merge(
        address,
        new Failures(1, ticker.nanos()),
        (known, one) -> new Failures(known.count() + 1, known.sinceNanos()));
  }

  static boolean isLoopback(Request request) {
    return LOOPBACK.contains(Request.getRemoteAddr(request));
  }

  /** Whether the sender may hear what ails the device. */
  boolean mayKnowReasons(Request request) {
    String key = keyOf(request);
    return isLoopback(request) || (key != null && keys.accepts(key));
  }
}
