package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A protocol buffers message that is too large for memory. Its length is known before anything is
 * written; its parts are read or computed while it is.
 */
final class LongMessage {
  /** A part of known length. */
  interface Part {
    /** In bytes. */
    long length();

    void writeTo(OutputStream target) throws IOException;
  }

  private final List<Part> parts = new ArrayList<>();
  private long length;

  /** Adds a field as it stands in a file, with its tag. */
  LongMessage copied(WireFile file, WireField field) {
    return add(
        new Part() {
          @Override
          public long length() {
            return field.end() - field.start();
          }

          @Override
          public void writeTo(OutputStream target) throws IOException {
            file.copy(field, target);
          }
        });
  }

  /** Adds the fields of a small message. */
  LongMessage fields(WireMessage message) {
    return add(bytes(message.toBytes()));
  }

  /** Adds a small message as a field. */
  LongMessage message(int number, WireMessage nested) {
    return fields(new WireMessage().message(number, nested));
  }

  /** Adds a message as a field; it is not changed after. */
  LongMessage message(int number, LongMessage nested) {
    add(bytes(WireMessage.head(number, nested.length)));
    nested.parts.forEach(this::add);
    return this;
  }

  /** Adds bytes as a field. */
  LongMessage content(int number, Part content) {
    add(bytes(WireMessage.head(number, content.length())));
    return add(content);
  }

  /** Writes all parts, in order. */
  void writeTo(OutputStream target) throws IOException {
    for (Part part : parts) {
      part.writeTo(target);
    }
  }

  private LongMessage add(Part part) {
    parts.add(part);
    length += part.length();
    return this;
  }

  private static Part bytes(byte[] content) {
    return new Part() {
      @Override
      public long length() {
        return content.length;
      }

      @Override
      public void writeTo(OutputStream target) throws IOException {
        target.write(content);
      }
    };
  }
}
