package io.maie.edge.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/** A socket that listens, and knows when the first client has come. */
final class AwaitedSocket implements Closeable {
  private final ServerSocketChannel channel;
  private final Selector selector;
  private final int port;

  private AwaitedSocket(ServerSocketChannel channel, Selector selector, int port) {
    this.channel = channel;
    this.selector = selector;
    this.port = port;
  }

  /**
   * Listens from now on; the system keeps clients waiting.
   *
   * @param port 0 = any free one
   * @param mostWaiting clients; the system refuses others
   * @throws IOException if the address is not one of this device, or the port is taken
   */
  static AwaitedSocket listen(String address, int port, int mostWaiting) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.socket().bind(new InetSocketAddress(address, port), mostWaiting);
      return new AwaitedSocket(channel, Selector.open(), channel.socket().getLocalPort());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  /**
   * Waits for the first client, whom the caller accepts. For one caller, once.
   *
   * @return false if the socket was closed instead
   */
  boolean awaitClient() throws IOException {
    try {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_ACCEPT);
      while (!key.isAcceptable()) {
        selector.select();
      }
      selector.close();
      channel.configureBlocking(true);
      return true;
    } catch (ClosedChannelException | ClosedSelectorException | CancelledKeyException e) {
      return false;
    }
  }

  /** The socket itself, which blocks; its closing closes this. */
  ServerSocketChannel channel() {
    return channel;
  }

  /** Ends the wait. */
  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
