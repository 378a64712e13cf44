package io.maie.edge.http;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the local API. It listens at once; what answers is made when the first client
 * connects, so that an API that nobody uses costs next to nothing. One caller starts and stops it.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /** The most connections that wait for a place; the system refuses others. */
  private static final int MOST_WAITING = 1_024;

  /** Addresses that mean every interface. */
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

  private final HttpOptions options;
  private final ApiParts parts;
  private final ApiState state;
  private final Optional<RenewedTls> tls;

  /** Null until {@link #start}. */
  private volatile @Nullable AwaitedSocket socket;

  /** Null until the first client connects; guarded by this. */
  private @Nullable JettyServer jetty;

  /** Guarded by this. */
  private boolean isClosed;

  private ApiServer(HttpOptions options, ApiParts parts, ApiState state, Optional<RenewedTls> tls) {
    this.options = options;
    this.parts = parts;
    this.state = state;
    this.tls = tls;
  }

  /**
   * A server that does not listen yet.
   *
   * @throws IOException if the keys, or the certificate and its key, cannot be used
   */
  public static ApiServer of(HttpOptions options, ApiParts parts) throws IOException {
    Optional<TlsFiles> files = options.tls();
    Optional<RenewedTls> tls =
        files.isPresent() ? Optional.of(RenewedTls.of(files.get())) : Optional.empty();
    return new ApiServer(options, parts, ApiState.of(options, parts), tls);
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if it cannot, such as when the port is taken
   */
  public void start() throws IOException {
    state.admission().recover();
    AwaitedSocket listening = listen();
    socket = listening;
    Thread thread = new Thread(() -> awaitClient(listening), "http-start");
    thread.setDaemon(true);
    thread.start();
    LOG.info("The API listens; address={} port={}", options.address(), listening.port());
  }

  private AwaitedSocket listen() throws IOException {
    try {
      return AwaitedSocket.listen(options.address(), options.port(), MOST_WAITING);
    } catch (IOException e) {
      String place = options.address() + ":" + options.port();
      throw new IOException("The API cannot listen at " + place + ": " + e.getMessage(), e);
    }
  }

  private void awaitClient(AwaitedSocket listening) {
    try {
      if (listening.awaitClient()) {
        answer(listening);
      }
    } catch (IOException | RuntimeException e) {
      // clients would wait for an answer for ever
      LOG.error("The API cannot answer, and listens no more; a restart may help", e);
      close();
    }
  }

  private synchronized void answer(AwaitedSocket listening) throws IOException {
    if (isClosed) {
      return;
    }
    JettyServer made = made();
    // they may have changed since the start
    renew();
    made.start(listening.channel());
    state.keys().watch(made.scheduler(), state.sessions()::closeAll);
    tls.ifPresent(files -> files.watch(made.scheduler()));
  }

  private synchronized JettyServer made() {
    JettyServer made = jetty;
    if (made == null) {
      made = JettyServer.of(options, parts, state, tls);
      jetty = made;
    }
    return made;
  }

  /**
   * The port it listens at.
   *
   * @throws IllegalStateException if it does not
   */
  public int port() {
    AwaitedSocket listening = socket;
    if (listening == null) {
      throw new IllegalStateException("port() before start()");
    }
    return listening.port();
  }

  /** The address of the page, with a code that opens it once, within an hour. */
  public String link() {
    String host = WILDCARDS.contains(options.address()) ? "127.0.0.1" : options.address();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return (tls.isPresent() ? "https://" : "http://")
        + shown
        + ":"
        + port()
        + "/?code="
        + state.sessions().newCode();
  }

  /** Every call that is answered. */
  Routes routes() {
    return made().routes();
  }

  /** Reads the keys and the certificate again, without waiting for the next look. */
  public void renew() {
    state.keys().look(state.sessions()::closeAll);
    tls.ifPresent(RenewedTls::look);
  }

  /** Answers nothing more. */
  @Override
  public synchronized void close() {
    isClosed = true;
    JettyServer made = jetty;
    if (made != null) {
      made.close();
    }
    AwaitedSocket listening = socket;
    try {
      if (listening != null) {
        listening.close();
      }
    } catch (IOException e) {
      LOG.warn("Closing the socket of the API failed: {}", e.toString());
    }
  }
}
