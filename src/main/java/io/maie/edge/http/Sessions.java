package io.maie.edge.http;

import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of the page: a code that works once becomes a session, whose token the browser keeps in
 * a cookie. Both are forgotten when the program ends. Thread-safe.
 */
final class Sessions {
  static final Duration LIFE = Duration.ofHours(12);
  private static final Duration CODE_LIFE = Duration.ofHours(1);
  private static final int MOST = 100;

  private final Ticker ticker;

  /** The end of each code, by its digest; guarded by this. */
  private final Map<String, Long> codes = new LinkedHashMap<>();

  /** By the digest of the token, oldest first; guarded by this. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /**
   * A session.
   *
   * @param csrf the token that the page sends with each change, and that no other page can know
   */
  record Session(String csrf, long endNanos) {}

  /** A session that has just begun; the token is known to the browser only. */
  record Opened(String token, Session session) {}

  Sessions(Ticker ticker) {
    this.ticker = ticker;
  }

  /** A code that opens one session within an hour. */
  synchronized String newCode() {
    String code = Secrets.next();
    codes.put(Secrets.digest(code), ticker.nanos() + CODE_LIFE.toNanos());
    shorten(codes);
    return code;
  }

  /** Opens a session for {@code code}, which does not work again; empty if it does not work. */
  synchronized Optional<Opened> exchange(String code) {
    Long end = codes.remove(Secrets.digest(code));
    return end == null || hasPassed(end) ? Optional.empty() : Optional.of(open());
  }

  /** Opens a session for somebody who has shown a key. */
  synchronized Opened open() {
    String token = Secrets.next();
    Session session = new Session(Secrets.next(), ticker.nanos() + LIFE.toNanos());
    sessions.put(Secrets.digest(token), session);
    shorten(sessions);
    return new Opened(token, session);
  }

  /** The session of {@code token} if it has not ended. */
  synchronized Optional<Session> find(String token) {
    Session session = sessions.get(Secrets.digest(token));
    return session == null || hasPassed(session.endNanos())
        ? Optional.empty()
        : Optional.of(session);
  }

  /** Ends the session of {@code token}. */
  synchronized void close(String token) {
    sessions.remove(Secrets.digest(token));
  }

  /** Ends all of them, since a key that opened one may be in wrong hands. */
  synchronized void closeAll() {
    sessions.clear();
  }

  private boolean hasPassed(long nanos) {
    return ticker.nanos() - nanos >= 0;
  }

  private static void shorten(Map<String, ?> map) {
    Iterator<String> oldest = map.keySet().iterator();
    while (map.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
  }
}
