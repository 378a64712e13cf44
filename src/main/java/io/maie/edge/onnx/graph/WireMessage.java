package io.maie.edge.onnx.graph;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A protocol buffers message in the making. */
final class WireMessage {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a field as it stood in another message, with its tag. */
  WireMessage copied(byte[] field) {
    bytes.writeBytes(field);
    return this;
  }

  WireMessage integer(int number, long value) {
    varint((long) number << 3 | WireField.VARINT);
    varint(value);
    return this;
  }

  WireMessage text(int number, String value) {
    return bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  WireMessage message(int number, WireMessage nested) {
    return bytes(number, nested.toBytes());
  }

  WireMessage number(int number, float value) {
    varint((long) number << 3 | WireField.FOUR_BYTES);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes.write(bits >>> shift);
    }
    return this;
  }

  private WireMessage bytes(int number, byte[] value) {
    varint((long) number << 3 | WireField.BYTES);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
