package io.maie.edge.http;

import io.maie.edge.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no request has come for a while, whatever else comes: a client that
 * sends the head of its request byte by byte keeps none of them. Thread-safe.
 */
final class QuietConnections implements Connection.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The limit while there are so many connections that others may soon find no place. */
  private static final Duration PATIENCE_IN_A_CROWD = Duration.ofSeconds(2);

  private static final long LOOK_SECONDS = 1;

  private final Ticker ticker;
  private final IntSupplier connections;
  private final int crowd;

  /**
   * The time, by the ticker, at which the last request ended on each connection that has none now.
   */
  private final Map<Connection, Long> quietSince = new ConcurrentHashMap<>();

  /**
   * Knows no connection yet.
   *
   * @param connections their number
   * @param crowd the number from which on the shorter limit applies
   */
  QuietConnections(Ticker ticker, IntSupplier connections, int crowd) {
    this.ticker = ticker;
    this.connections = connections;
    this.crowd = crowd;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      quietSince.put(connection, ticker.nanos());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    quietSince.remove(connection);
  }

  /** A request has come; its connection is quiet again when it has been answered. */
  void busy(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    quietSince.remove(connection);
    Request.addCompletionListener(request, failure -> quietSince.put(connection, ticker.nanos()));
  }

  /** Looks at the connections each second from now on. */
  void watch(Scheduler scheduler) {
    Rounds.every(LOOK_SECONDS, scheduler, this::look);
  }

  private void look() {
    Duration patience = connections.getAsInt() < crowd ? PATIENCE : PATIENCE_IN_A_CROWD;
    long now = ticker.nanos();
    quietSince.forEach(
        (connection, since) -> {
          boolean isOver = now - since > patience.toNanos();
          if ((isOver || !connection.getEndPoint().isOpen())
              && quietSince.remove(connection, since)) {
            connection.close();
          }
        });
  }
}
