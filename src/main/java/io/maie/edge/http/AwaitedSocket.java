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

/**
 * A socket that listens, and knows when the first client has come. It may be closed by any thread
 * at any moment.
 *
 * <p>The key is made before anybody else knows the socket, and the end of the wait and the end of
 * the socket exclude each other: a channel of Java 17 does not bear a selector that is closed while
 * the channel is registered with it, and a selector that is being closed by somebody else still
 * holds the channel when {@link Selector#close} returns.
 */
final class AwaitedSocket implements Closeable {
  private final ServerSocketChannel channel;
  private final SelectionKey key;
  private final int port;

  private AwaitedSocket(ServerSocketChannel channel, SelectionKey key, int port) {
    this.channel = channel;
    this.key = key;
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
      channel.configureBlocking(false);
      SelectionKey key = channel.register(Selector.open(), SelectionKey.OP_ACCEPT);
      return new AwaitedSocket(channel, key, channel.socket().getLocalPort());
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
      while (!key.isAcceptable()) {
        key.selector().select();
      }
      return isHandedOver();
    } catch (ClosedChannelException | ClosedSelectorException | CancelledKeyException e) {
      return false;
    }
  }

  private synchronized boolean isHandedOver() throws IOException {
    key.selector().close();
    channel.configureBlocking(true);
    return true;
  }

  /** The socket itself, which blocks once a client has come; its closing closes this. */
  ServerSocketChannel channel() {
    return channel;
  }

  /** Ends the wait. */
  @Override
  public synchronized void close() throws IOException {
    key.selector().close();
    channel.close();
  }
}
