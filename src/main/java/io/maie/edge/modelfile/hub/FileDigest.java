package io.maie.edge.modelfile.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Sums up a file while it comes, as the hub does that declares it. Used for one file, once. */
final class FileDigest {
  private static final int BUFFER_BYTES = 1 << 16;

  private final HubFile file;
  private final MessageDigest declared;
  private long bytes;

  FileDigest(HubFile file) {
    this.file = file;
    this.declared = file.checksum().begin(file.bytes());
  }

  void update(byte[] content, int length) {
    declared.update(content, 0, length);
    bytes += length;
  }

  /** Adds everything that {@code channel} holds. */
  void addAll(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (channel.read(buffer.clear(), bytes) > 0) {
      update(buffer.array(), buffer.position());
    }
  }

  /** The number of bytes that were summed up. */
  long bytes() {
    return bytes;
  }

  /** Returns if this is the file that the hub declares; the last call. */
  void requireDeclared() throws HubException {
    String found = HexFormat.of().formatHex(declared.digest());
    if (bytes != file.bytes() || !found.equals(file.checksum().hex())) {
      throw new HubException(
          HubException.Kind.DAMAGED,
          "Expected %d bytes with the checksum %s, found %d with %s: '%s'"
              .formatted(file.bytes(), file.checksum().hex(), bytes, found, file.path()),
          "Run the command again; if it fails again, the hub or something on the way to it is"
              + " broken");
    }
  }
}
