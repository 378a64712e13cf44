package io.maie.edge.asr.frames;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Lines of a text file, plain or gzip, as bytes: reads large files without making strings. */
final class ByteLines implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1F8B;

  private final Path file;
  private final InputStream in;
  private byte[] buffer = new byte[BUFFER_BYTES];

  /** A field of the current line, over {@link #buffer}. */
  private ByteBuffer field = ByteBuffer.wrap(buffer);

  /** One past what ends the last field. */
  private int nextField;

  private int filled;
  private int next;
  private int lineStart;
  private int lineEnd;
  private long number;

  private ByteLines(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static ByteLines open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      raw.mark(2);
      int magic = raw.read() << Byte.SIZE | raw.read();
      raw.reset();
      InputStream in = magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
      return new ByteLines(file, in);
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

  Path file() {
    return file;
  }

  /** Returns whether the current line has no byte but those that end it. */
  boolean isEmpty() {
    return lineStart == lineEnd;
  }

  /** Returns whether the current line begins with this character, one of ASCII. */
  boolean startsWith(char first) {
    return !isEmpty() && buffer[lineStart] == first;
  }

  /**
   * The next field of the current line, up to a blank, a tab or the end of the line; empty behind
   * the last one. What is returned is changed by the next call.
   */
  ByteBuffer field() {
    int end = nextField;
    while (end < lineEnd && buffer[end] != ' ' && buffer[end] != '\t') {
      end++;
    }
    return upTo(end);
  }

  /** Returns whether something ended the last field, be it nothing that follows. */
  boolean hasMore() {
    return nextField <= lineEnd;
  }

  /** The rest behind the last field, up to the end of the current line; like {@link #field}. */
  ByteBuffer rest() {
    return upTo(lineEnd);
  }

  private ByteBuffer upTo(int end) {
    int from = Math.min(nextField, lineEnd);
    field.clear().position(from).limit(Math.max(from, Math.min(end, lineEnd)));
    nextField = end + 1;
    return field;
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
    nextField = lineStart;
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
      field = ByteBuffer.wrap(buffer);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, read);
    return read > 0;
  }
}
