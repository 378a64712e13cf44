package io.maie.edge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;

/**
 * Reference for the uploads of {@code bench/http}: the same server library writes each body to a
 * file, as it comes, and flushes it. Prints its port; {@code RawBody FILE}.
 */
public final class RawBody extends Handler.Abstract {
  private final Path file;

  private RawBody(Path file) {
    this.file = file;
  }

  /** Runs until it is ended from outside. */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new RawBody(Path.of(arguments[0])));
    server.start();
    System.out.println(connector.getLocalPort());
    server.join();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      copy(request, channel);
      channel.force(true);
    }
    response.write(true, ByteBuffer.wrap(new byte[] {'k'}), callback);
    return true;
  }

  private static void copy(Request request, FileChannel channel) throws IOException {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        try (Blocker.Runnable blocker = Blocker.runnable()) {
          request.demand(blocker);
          blocker.block();
        }
        continue;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw new IOException(chunk.getFailure());
      }
      ByteBuffer bytes = chunk.getByteBuffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      chunk.release();
      if (chunk.isLast()) {
        return;
      }
    }
  }
}
