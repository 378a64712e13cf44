package io.maie.edge.onnx.graph;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A protocol buffers message in the making. Its parts are copied at the end only. */
final class WireMessage {
  /** Pieces that are finished, in order. */
  private final List<byte[]> pieces = new ArrayList<>();

  /** Bytes after the pieces. */
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  /** Length of all pieces, in bytes. */
  private int length;

  /** Adds a field as it stood in another message, with its tag; the array is not changed after. */
  WireMessage copied(byte[] field) {
    finishRest();
    add(field);
    return this;
  }

  WireMessage integer(int number, long value) {
    tag(number, WireField.VARINT);
    varint(value);
    return this;
  }

  WireMessage number(int number, float value) {
    tag(number, WireField.FOUR_BYTES);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      rest.write(bits >>> shift);
    }
    return this;
  }

  WireMessage text(int number, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    tag(number, WireField.BYTES);
    varint(bytes.length);
    rest.writeBytes(bytes);
    return this;
  }

  /** Adds a message, which is not changed after. */
  WireMessage message(int number, WireMessage nested) {
    nested.finishRest();
    tag(number, WireField.BYTES);
    varint(nested.length);
    finishRest();
    nested.pieces.forEach(this::add);
    return this;
  }

  /** Head of a message or of bytes with this length: tag and length. */
  static byte[] head(int number, long length) {
    WireMessage head = new WireMessage();
    head.tag(number, WireField.BYTES);
    head.varint(length);
    return head.toBytes();
  }

  byte[] toBytes() {
    finishRest();
    ByteBuffer bytes = ByteBuffer.allocate(length);
    pieces.forEach(bytes::put);
    return bytes.array();
  }

  private void add(byte[] piece) {
    pieces.add(piece);
    length = Math.addExact(length, piece.length);
  }

  private void finishRest() {
    if (rest.size() > 0) {
      add(rest.toByteArray());
      rest.reset();
    }
  }

  private void tag(int number, int type) {
    varint(((long) number << 3) + type);
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      rest.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    rest.write((int) left);
  }
}
