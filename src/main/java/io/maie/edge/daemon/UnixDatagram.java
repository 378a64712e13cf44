package io.maie.edge.daemon;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Datagrams to Unix sockets, through functions of the C library. */
final class UnixDatagram {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDTIMEO = 21;

  /** {@code struct timeval} of a second on 64-bit systems: two longs in native order. */
  private static final byte[] LIMIT =
      ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder()).putLong(1).array();

  private UnixDatagram() {}

  /**
   * Sends one datagram. Gives up after a second if the receiver takes none out of its full queue.
   *
   * @param address path of the socket, or a zero byte and an abstract name
   */
  static void send(byte[] address, byte[] message) throws LastErrorException {
    int socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    try {
      setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, LIMIT, LIMIT.length);
      byte[] name = socketName(address);
      sendto(socket, message, message.length, MSG_NOSIGNAL, name, name.length);
    } finally {
      close(socket);
    }
  }

  /** {@code struct sockaddr_un}: the family as a short in native order, then the path. */
  static byte[] socketName(byte[] address) {
    return ByteBuffer.allocate(Short.BYTES + address.length)
        .order(ByteOrder.nativeOrder())
        .putShort((short) AF_UNIX)
        .put(address)
        .array();
  }

  private static native int socket(int domain, int type, int protocol) throws LastErrorException;

  private static native int setsockopt(int socket, int level, int option, byte[] value, int length)
      throws LastErrorException;

  private static native long sendto(
      int socket, byte[] message, long length, int flags, byte[] name, int nameLength)
      throws LastErrorException;

  private static native int close(int socket) throws LastErrorException;
}
