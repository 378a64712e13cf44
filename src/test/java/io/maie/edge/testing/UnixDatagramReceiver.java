package io.maie.edge.testing;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Unix datagram socket that hears what is sent to it, as a service manager would. */
public final class UnixDatagramReceiver implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MSG_DONTWAIT = 0x40;

  private final int socket;

  static {
    Native.register(UnixDatagramReceiver.class, "c");
  }

  /**
   * Opens a socket.
   *
   * @param address a path, or {@code @} and an abstract name
   */
  public UnixDatagramReceiver(String address) {
    byte[] name = address.getBytes(StandardCharsets.UTF_8);
    if (name[0] == '@') {
      name[0] = 0;
    }
    byte[] socketName =
        ByteBuffer.allocate(Short.BYTES + name.length)
            .order(ByteOrder.nativeOrder())
            .putShort((short) AF_UNIX)
            .put(name)
            .array();
    socket = socket(AF_UNIX, SOCK_DGRAM, 0);
    bind(socket, socketName, socketName.length);
  }

  /** Received messages; sending is over when the sender's call returns. */
  public List<String> take() {
    List<String> messages = new ArrayList<>();
    byte[] buffer = new byte[4096];
    try {
      while (true) {
        int length = (int) recv(socket, buffer, buffer.length, MSG_DONTWAIT);
        messages.add(new String(buffer, 0, length, StandardCharsets.UTF_8));
      }
    } catch (LastErrorException nothingMore) {
      return messages;
    }
  }

  @Override
  public void close() {
    close(socket);
  }

  private static native int socket(int domain, int type, int protocol) throws LastErrorException;

  private static native int bind(int socket, byte[] name, int length) throws LastErrorException;

  private static native long recv(int socket, byte[] buffer, long length, int flags)
      throws LastErrorException;

  private static native int close(int socket) throws LastErrorException;
}
