package io.maie.edge.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Decides who may ask. Thread-safe. */
final class Guard {
  /** The header that carries {@link Sessions.Session#csrf}. */
  static final String CSRF_HEADER = "X-CSRF-Token";

  /** The cookie that carries the token of a session. */
  static final String COOKIE = "maie_session";

  private static final Set<String> LOOPBACK =
      Set.of("127.0.0.1", "localhost", "::1", "[::1]", "[0:0:0:0:0:0:0:1]", "0:0:0:0:0:0:0:1");
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String BEARER = "bearer ";

  private final ApiKeys keys;
  private final Sessions sessions;
  private final FailureLimit limit;
  private final Places places;

  /**
   * The places that requests may come from.
   *
   * @param names by which the device may be called, besides its loopback and its addresses
   */
  record Places(Set<String> names, CrossOrigin crossOrigin) {
    Places {
      names = Set.copyOf(names);
    }
  }

  Guard(ApiKeys keys, Sessions sessions, FailureLimit limit, Places places) {
    this.keys = keys;
    this.sessions = sessions;
    this.limit = limit;
    this.places = places;
  }

  /**
   * Lets {@code request} in, as far as that does not depend on its client.
   *
   * @throws ProblemException 403 or 421 if it must not come in
   */
  void checkPlace(Request request) throws ProblemException {
    String host = String.valueOf(Request.getServerName(request)).toLowerCase(Locale.ROOT);
    // a name of somebody else may lead here, an address of the device cannot lead elsewhere
    boolean isOwn =
        LOOPBACK.contains(host)
            || places.names().contains(host)
            || bare(host).equals(bare(String.valueOf(Request.getLocalAddr(request))));
    if (!isOwn) {
      throw ProblemException.of(
          421,
          "WRONG_HOST",
          "This device is not called '" + host + "'",
          "Use its address; the operator can add names with http.names.");
    }
    checkOrigin(request);
  }

  private static String bare(String host) {
    return host.replace("[", "").replace("]", "");
  }

  /** A page of another place must not change anything here. */
  private void checkOrigin(Request request) throws ProblemException {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || HARMLESS.contains(request.getMethod())) {
      return;
    }
    String own = request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority();
    if (!origin.equals(own) && !places.crossOrigin().allows(origin)) {
      throw ProblemException.of(
          403,
          "WRONG_ORIGIN",
          "A page of another site may not ask for this",
          "The operator can name the site in http.cors_origins.");
    }
  }

  /**
   * Lets in a client that has a key, or a page with a session.
   *
   * @throws ProblemException 401, 403 or 429 for any other client
   */
  void checkCaller(Request request) throws ProblemException {
    String key = keyOf(request);
    if (key != null) {
      checkKey(request, key);
      return;
    }
    Sessions.Session session = session(request).orElseThrow(Guard::unauthorized);
    String csrf = request.getHeaders().get(CSRF_HEADER);
    boolean isChange = !HARMLESS.contains(request.getMethod());
    if (isChange && (csrf == null || !Secrets.areEqual(csrf, session.csrf()))) {
      throw ProblemException.of(
          403,
          "CSRF_TOKEN_MISSING",
          "Expected the header " + CSRF_HEADER + " of the page's session",
          "GET /session tells it; load the page again.");
    }
  }

  /**
   * Checks a key.
   *
   * @throws ProblemException 401 if it is not known, 429 if too many wrong ones came from the same
   *     address
   */
  void checkKey(Request request, String key) throws ProblemException {
    String address = Request.getRemoteAddr(request);
    limit.check(address, key);
    if (!keys.accepts(key)) {
      limit.failed(address, key);
      throw ProblemException.of(
          401, "UNAUTHORIZED", "The key is not known", ProblemException.HOW_TO_SEND_A_KEY);
    }
  }

  private static ProblemException unauthorized() {
    return ProblemException.of(
        401, "UNAUTHORIZED", "Expected a key, found none", ProblemException.HOW_TO_SEND_A_KEY);
  }

  /** The session of the page that asks. */
  Optional<Sessions.Session> session(Request request) {
    return token(request).flatMap(sessions::find);
  }

  /** Content of the page's cookie. */
  static Optional<String> token(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(HttpCookie::getValue)
        .findFirst();
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

  static boolean isLoopback(Request request) {
    return LOOPBACK.contains(Request.getRemoteAddr(request));
  }

  /** Returns whether the sender may hear what ails the device. */
  boolean mayKnowReasons(Request request) {
    if (isLoopback(request) || session(request).isPresent()) {
      return true;
    }
    String key = keyOf(request);
    try {
      if (key != null) {
        checkKey(request, key);
      }
      return key != null;
    } catch (ProblemException e) {
      return false;
    }
  }
}
