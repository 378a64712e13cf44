package io.maie.edge.http;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
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
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty, with the limits of the API and the handlers of its calls. One caller starts and stops it.
 */
final class JettyServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);
  private static final int MOST_HEADER_BYTES = 8_192;
  private static final int MOST_CONNECTIONS = 256;

  /** With so many connections, those without a request give way to others. */
  private static final int CROWD = 192;

  /** A connection on which nothing moves for so long is closed. */
  private static final long IDLE_MILLIS = 30_000;

  /** Bytes a second: a client that sends less keeps a thread busy for nothing. */
  private static final long SLOWEST_UPLOAD = 1_000;

  /** Besides those that wait for the end of a task. */
  private static final int THREADS = 16;

  private final Server server;
  private final ServerConnector connector;
  private final ApiCore core;
  private final QuietConnections quiet;

  private JettyServer(
      Server server, ServerConnector connector, ApiCore core, QuietConnections quiet) {
    this.server = server;
    this.connector = connector;
    this.core = core;
    this.quiet = quiet;
  }

  /** A server that answers nothing yet. */
  static JettyServer of(
      HttpOptions options, ApiParts parts, ApiState state, Optional<RenewedTls> tls) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS + options.maxQueue(), 2);
    threads.setName("http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, connections(tls));
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    server.setErrorHandler(new ProblemErrors());
    QuietConnections quiet =
        new QuietConnections(parts.ticker(), () -> connector.getConnectedEndPoints().size(), CROWD);
    connector.addBean(quiet);
    ApiCore core = ApiCore.of(options, parts, state, quiet);
    server.setHandler(core.handler());
    return new JettyServer(server, connector, core, quiet);
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
   * Accepts clients from now on.
   *
   * @throws IOException if Jetty does not start
   */
  void start(ServerSocketChannel socket) throws IOException {
    try {
      connector.open(socket);
      LifeCycle.start(server);
    } catch (RuntimeException e) {
      throw new IOException("Jetty did not start: " + e, e);
    }
    quiet.watch(server.getScheduler());
  }

  /** The scheduler of repeated work. */
  Scheduler scheduler() {
    return server.getScheduler();
  }

  /** Every call that is answered. */
  Routes routes() {
    return core.routes();
  }

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
