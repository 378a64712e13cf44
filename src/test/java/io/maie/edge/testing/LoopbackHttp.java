package io.maie.edge.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Accepts HTTP on the loopback address, and answers each connection once, in a thread of its own.
 */
final class LoopbackHttp implements AutoCloseable {
  private final ServerSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);

  private LoopbackHttp(ServerSocket socket) {
    this.socket = socket;
  }

  /** A free port, on which nobody is answered before {@link #serve}. */
  static LoopbackHttp open() throws IOException {
    return new LoopbackHttp(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** Writes what it likes to a connection, which is closed then. */
  @FunctionalInterface
  interface Answering {
    void answer(Request request, Socket connection) throws IOException, InterruptedException;
  }

  /**
   * A request.
   *
   * @param headers by their names in lower case
   */
  record Request(String target, Map<String, String> headers, String body) {}

  void serve(Answering answering) {
    daemon(() -> accept(answering));
  }

  int port() {
    return socket.getLocalPort();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Says nothing until the server is closed. */
  void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** The beginning of an answer, after which the connection is closed. */
  static byte[] head(int status, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " It\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return (head + "Connection: close\r\n\r\n").getBytes(ISO_8859_1);
  }

  private void accept(Answering answering) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        daemon(() -> answer(connection, answering));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket connection, Answering answering) {
    try (connection) {
      answering.answer(read(connection.getInputStream()), connection);
    } catch (IOException e) {
      // the client went away, as it may
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Request read(InputStream in) throws IOException {
    String target = line(in).replaceAll("^\\S+ | HTTP\\S+$", "");
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(target, headers, new String(in.readNBytes(length), UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the request ended early");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "loopback-http");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
