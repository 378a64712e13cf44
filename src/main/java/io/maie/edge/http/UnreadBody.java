package io.maie.edge.http;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Reads and discards the rest of the body of a request that has been answered. A connection that is
 * closed while its client still writes is reset, and most clients never see the answer then.
 */
final class UnreadBody implements Callback {
  /** A client that sends more gets a reset instead of its answer. */
  private static final long MOST_BYTES = 64_000_000;

  private final Request request;
  private final Callback callback;
  private long bytes;

  UnreadBody(Request request, Callback callback) {
    this.request = request;
    this.callback = callback;
  }

  @Override
  public void succeeded() {
    while (bytes < MOST_BYTES) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this::succeeded);
        return;
      }
      boolean isLast = chunk.isLast() || Content.Chunk.isFailure(chunk);
      bytes += chunk.remaining();
      chunk.release();
      if (isLast) {
        break;
      }
    }
    callback.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    callback.failed(failure);
  }
}
