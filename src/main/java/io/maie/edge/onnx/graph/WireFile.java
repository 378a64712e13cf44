package io.maie.edge.onnx.graph;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that holds a protocol buffers message. Skipped parts are not read, so that a graph can be
 * looked at without its weights. Used by one thread at a time.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>
 */
final class WireFile implements Closeable {
  /** Bytes read at once: names and shapes lie close together, weights are passed over. */
  private static final int WINDOW = 8192;

  /** Bytes copied at once. */
  private static final int PIECE = 1 << 16;

  /** A varint has at most this many bits. */
  private static final int MAX_BITS = 64;

  /** Far more than a name or a shape has: a damaged file must not fill the heap. */
  private static final long MOST_AT_ONCE = 16L << 20;

  private final String name;
  private final FileChannel channel;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private final long size;

  /** Position of the window in the file. */
  private long windowStart;

  /** Position of the next read. */
  private long position;

  private WireFile(String name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    size = channel.size();
  }

  static WireFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new WireFile(file.getFileName().toString(), channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The name of the file in its folder. */
  String name() {
    return name;
  }

  /** The fields of the message that is the file. */
  List<WireField> fields() throws IOException {
    return fields(0, size);
  }

  /** The fields of the message inside a field. */
  List<WireField> fields(WireField message) throws IOException {
    if (message.type() != WireField.BYTES) {
      throw malformed(message.start());
    }
    return fields(message.content(), message.end());
  }

  private List<WireField> fields(long start, long end) throws IOException {
    List<WireField> fields = new ArrayList<>();
    long at = start;
    while (at < end) {
      WireField field = field(at, end);
      fields.add(field);
      at = field.end();
    }
    return fields;
  }

  private WireField field(long start, long limit) throws IOException {
    position = start;
    long tag = varint();
    int type = (int) (tag & 7);
    long value = type == WireField.VARINT || type == WireField.BYTES ? varint() : 0;
    long length =
        switch (type) {
          case WireField.VARINT -> 0;
          case WireField.EIGHT_BYTES -> Long.BYTES;
          case WireField.BYTES -> value;
          case WireField.FOUR_BYTES -> Integer.BYTES;
          default -> throw malformed(start);
        };
    if (length < 0 || length > limit - position) {
      throw malformed(start);
    }
    return new WireField(
        (int) (tag >>> 3),
        type,
        type == WireField.VARINT ? value : 0,
        start,
        position,
        position + length);
  }

  /** The field itself, with its tag. */
  byte[] copy(WireField field) throws IOException {
    return read(field.start(), field.end());
  }

  /** Writes the field itself, with its tag, however large it is. */
  void copy(WireField field, OutputStream target) throws IOException {
    byte[] piece = new byte[PIECE];
    for (long at = field.start(); at < field.end(); at += PIECE) {
      int length = (int) Math.min(PIECE, field.end() - at);
      fill(ByteBuffer.wrap(piece, 0, length), at);
      target.write(piece, 0, length);
    }
  }

  /**
   * Fills a buffer with a part of what is in a field.
   *
   * @param offset of the part in the field's content
   * @throws IOException if the field ends before the buffer is full
   */
  void read(WireField field, long offset, ByteBuffer target) throws IOException {
    if (offset + target.remaining() > field.length()) {
      throw malformed(field.end());
    }
    fill(target, field.content() + offset);
  }

  /** Content of a field, little-endian. */
  ByteBuffer content(WireField field) throws IOException {
    return ByteBuffer.wrap(read(field.content(), field.end())).order(ByteOrder.LITTLE_ENDIAN);
  }

  String text(WireField field) throws IOException {
    return StandardCharsets.UTF_8.decode(content(field)).toString();
  }

  /** The whole numbers of a repeated field, which may be packed into one. */
  List<Long> integers(WireField field) throws IOException {
    if (field.type() == WireField.VARINT) {
      return List.of(field.value());
    }
    List<Long> values = new ArrayList<>();
    position = field.content();
    while (position < field.end()) {
      values.add(varint());
    }
    return values;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < MAX_BITS; shift += 7) {
      byte next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed(position);
  }

  private byte next() throws IOException {
    long inside = position - windowStart;
    if (inside < 0 || inside >= window.limit()) {
      window.clear();
      windowStart = position;
      readFully(window, position);
      window.flip();
      inside = 0;
    }
    if (inside >= window.limit()) {
      throw malformed(position);
    }
    position++;
    return window.get((int) inside);
  }

  private byte[] read(long start, long end) throws IOException {
    if (end - start > MOST_AT_ONCE) {
      throw malformed(start);
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) (end - start));
    fill(bytes, start);
    return bytes.array();
  }

  private void fill(ByteBuffer target, long from) throws IOException {
    readFully(target, from);
    if (target.hasRemaining()) {
      throw malformed(from);
    }
  }

  private void readFully(ByteBuffer target, long from) throws IOException {
    long start = from - target.position();
    while (target.hasRemaining()) {
      if (channel.read(target, start + target.position()) < 0) {
        return;
      }
    }
  }

  private static IOException malformed(long at) {
    return new IOException("expected a field of protocol buffers at offset " + at);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
