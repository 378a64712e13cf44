package io.maie.edge.http;

import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.StoredResults;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of the local API. One caller starts and stops it. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int MOST_HEADER_BYTES = 8_192;
  private static final int MOST_CONNECTIONS = 256;

  /** A connection on which nothing moves for so long is closed. */
  private static final long IDLE_MILLIS = 30_000;

  /** Bytes a second: whoever sends less keeps a thread for nothing. */
  private static final long SLOWEST_UPLOAD = 1_000;

  /** Besides those that wait for the end of a task. */
  private static final int THREADS = 16;

  private final Server server;
  private final ServerConnector connector;
  private final Admission admission;

  private ApiServer(Server server, ServerConnector connector, Admission admission) {
    this.server = server;
    this.connector = connector;
    this.admission = admission;
  }

  /** A server that does not listen yet. */
  public static ApiServer of(
      HttpOptions options, ApiTasks tasks, StoredResults stored, Processing processing) {
    ApiHandler.Parts parts = new ApiHandler.Parts(stored, tasks, processing, Ticker.system());
    QueuedThreadPool threads = new QueuedThreadPool(THREADS + options.maxQueue(), 2);
    threads.setName("http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setHost(options.address());
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    Admission admission = new Admission(tasks, options.maxQueue());
    Guard guard =
        new Guard(new ApiKeys(options.keys()), Set.copyOf(options.names()), parts.ticker());
    server.setHandler(
        new ApiHandler(
            guard,
            new Upload(tasks, processing, admission, options),
            new TaskView(tasks, stored, processing),
            parts));
    return new ApiServer(server, connector, admission);
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
    admission.recover();
    try {
      LifeCycle.start(server);
    } catch (RuntimeException e) {
      throw new IOException("The server of the API did not start: " + e.getMessage(), e);
    }
    LOG.info("The API listens; address={} port={}", connector.getHost(), port());
  }

  /** The port it listens at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Answers nothing more. */
  @Override
  public void close() {
    try {
      LifeCycle.stop(server);
    } catch (RuntimeException e) {
      LOG.warn("Stopping the server of the API failed: {}", e.toString());
    }
  }
}
