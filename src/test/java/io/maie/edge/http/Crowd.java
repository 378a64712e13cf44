package io.maie.edge.http;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** So many connections that others may soon find no place. */
final class Crowd implements AutoCloseable {
  private static final int SIZE = 250;

  private final List<Socket> sockets = new ArrayList<>();

  private Crowd() {}

  /** Opens the connections; each begins with {@code first}. */
  static Crowd of(ScratchApi api, byte... first) throws IOException {
    Crowd crowd = new Crowd();
    for (int i = 0; i < SIZE; i++) {
      Socket socket = api.connect();
      crowd.sockets.add(socket);
      socket.getOutputStream().write(first);
    }
    return crowd;
  }

  /** Waits until the server has closed all of them. */
  void awaitEnd(Duration limit) {
    List<Socket> open = new ArrayList<>(sockets);
    await()
        .atMost(limit)
        .until(
            () -> {
              open.removeIf(socket -> !takesAnotherByte(socket));
              return open.isEmpty();
            });
  }

  private static boolean takesAnotherByte(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
