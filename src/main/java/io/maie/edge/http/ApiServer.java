package io.maie.edge.http;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of the local API. One caller starts and stops it. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int MOST_HEADER_BYTES = 8_192;
  private static final int MOST_CONNECTIONS = 256;

  /** With so many connections, those without a request give way to others. */
  private static final int CROWD = 192;

  /** The most connections that wait for a place; the system refuses others. */
  private static final int MOST_WAITING = 1_024;

  /** A connection on which nothing moves for so long is closed. */
  private static final long IDLE_MILLIS = 30_000;

  /** Addresses that mean every interface. */
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

  /** Bytes a second: whoever sends less keeps a thread for nothing. */
  private static final long SLOWEST_UPLOAD = 1_000;

  /** Besides those that wait for the end of a task. */
  private static final int THREADS = 16;

  private final Server server;
  private final ServerConnector connector;
  private final ApiCore core;
  private final QuietConnections quiet;
  private final Optional<RenewedTls> tls;

  private ApiServer(
      Server server,
      ServerConnector connector,
      ApiCore core,
      QuietConnections quiet,
      Optional<RenewedTls> tls) {
    this.server = server;
    this.connector = connector;
    this.core = core;
    this.quiet = quiet;
    this.tls = tls;
  }

  /**
   * A server that does not listen yet.
   *
   * @throws IOException if the certificate or its key cannot be used
   */
  public static ApiServer of(HttpOptions options, ApiParts parts) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS + options.maxQueue(), 2);
    threads.setName("http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    Optional<TlsFiles> files = options.tls();
    Optional<RenewedTls> tls =
        files.isPresent() ? Optional.of(RenewedTls.of(files.get())) : Optional.empty();
    ServerConnector connector = new ServerConnector(server, 1, 1, connections(tls));
    connector.setHost(options.address());
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(MOST_WAITING);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    server.setErrorHandler(new ProblemErrors());
    QuietConnections quiet =
        new QuietConnections(parts.ticker(), () -> connector.getConnectedEndPoints().size(), CROWD);
    connector.addBean(quiet);
    ApiCore core = ApiCore.of(options, parts, quiet);
    server.setHandler(core.handler());
    return new ApiServer(server, connector, core, quiet, tls);
  }

  private static ConnectionFactory[] connections(Optional<RenewedTls> tls) {
    HttpConfiguration configuration = configuration();
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {http};
    }
    // the certificate need not name every address by which people reach the device
    SecureRequestCustomizer secure = new SecureRequestCustomizer(false);
    configuration.addCustomizer(secure);
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.get().factory(), http.getProtocol()), http
    };
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
    configuration.setMinRequestDataRate(SLOWEST_UPLOAD);
    return configuration;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if it cannot, such as when the port is taken
   */
  public void start() throws IOException {
    core.admission().recover();
    try {
      LifeCycle.start(server);
    } catch (RuntimeException e) {
      String place = connector.getHost() + ":" + connector.getPort();
      throw new IOException(
          "The API cannot listen at " + place + ": " + innermost(e).getMessage(), e);
    }
    quiet.watch(server.getScheduler());
    core.keys().watch(server.getScheduler(), core.sessions()::closeAll);
    tls.ifPresent(files -> files.watch(server.getScheduler()));
    LOG.info("The API listens; address={} port={}", connector.getHost(), port());
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : innermost(cause);
  }

  /** The port it listens at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The address of the page, with a code that opens it once, within an hour. */
  public String link() {
    String host = WILDCARDS.contains(connector.getHost()) ? "127.0.0.1" : connector.getHost();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return (tls.isPresent() ? "https://" : "http://")
        + shown
        + ":"
        + port()
        + "/?code="
        + core.sessions().newCode();
  }

  /** Every call that is answered. */
  Routes routes() {
    return core.routes();
  }

  /** Reads the keys and the certificate again, without waiting for the next look. */
  public void renew() {
    core.keys().look(core.sessions()::closeAll);
    tls.ifPresent(RenewedTls::look);
  }

  /** Answers nothing more. */
  @Override
  public void close() {
    core.streams().close();
    try {
      LifeCycle.stop(server);
    } catch (RuntimeException e) {
      LOG.warn("Stopping the server of the API failed: {}", e.toString());
    }
  }
}
