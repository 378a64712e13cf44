package io.maie.edge.asr.frames;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Lines of a text file, plain or gzip, as bytes: reads large files without making strings. */
final class ByteLines implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1F8B;

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;
  private int next;
  private int lineStart;
  private int lineEnd;
  private long number;

  private ByteLines(InputStream in) {
    this.in = in;
  }

  static ByteLines open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      raw.mark(2);
      int magic = raw.read() << Byte.SIZE | raw.read();
      raw.reset();
      return new ByteLines(magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER_BYTES) : raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Goes to the next line; false at the end of the file. */
  boolean next() throws IOException {
    int scanned = next;
    while (true) {
      for (; scanned < filled; scanned++) {
        if (buffer[scanned] == '\n') {
          return line(scanned, scanned + 1);
        }
      }
      scanned -= next;
      if (!fill()) {
        return filled > next && line(filled, filled);
      }
      scanned += next;
    }
  }

  /** The bytes that hold the current line; change with the next one. */
  byte[] bytes() {
    return buffer;
  }

  /** The index in {@link #bytes} at which the current line begins. */
  int start() {
    return lineStart;
  }

  /** One past the last byte of the current line, without its end-of-line bytes. */
  int end() {
    return lineEnd;
  }

  /** The number of the current line, from 1. */
  long number() {
    return number;
  }

  String text() {
    return new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean line(int end, int following) {
    lineStart = next;
    lineEnd = end > next && buffer[end - 1] == '\r' ? end - 1 : end;
    next = following;
    number++;
    return true;
  }

  /** Moves what is left to the front and reads more; false if there is no more. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    filled -= next;
    next = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, read);
    return read > 0;
  }
}
