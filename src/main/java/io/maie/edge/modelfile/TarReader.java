package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the regular files of a tar archive one after the other: ustar, with the long names of GNU
 * tar and of pax. Links and devices are refused. Does not close what it reads from.
 */
final class TarReader {
  /*
   * POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual, "Basic Tar
   * Format". Sparse files and volumes are not supported.
   */
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_OFFSET = 124;
  private static final int SIZE_BYTES = 12;
  private static final int CHECKSUM_OFFSET = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE_OFFSET = 156;
  private static final int MAGIC_OFFSET = 257;
  private static final int PREFIX_OFFSET = 345;
  private static final int PREFIX_BYTES = 155;

  /** No honest name or pax header comes near this size. */
  private static final int MAX_META_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] header = new byte[BLOCK];
  private String name = "";
  private long size;

  /** Bytes of the current file that were not read, and the padding behind it. */
  private long left;

  private long padding;

  /** From an entry that describes the next one. */
  private @Nullable String longName;

  private long longSize = -1;

  TarReader(InputStream in) {
    this.in = requireNonNull(in, "in is null");
  }

  /** Returns whether {@code first} bytes of a file look like a tar archive. */
  static boolean isTar(byte[] first) {
    return first.length >= MAGIC_OFFSET + 5 && text(first, MAGIC_OFFSET, 5).equals("ustar");
  }

  /** Goes to the next regular file; false at the end. */
  boolean next() throws IOException {
    while (true) {
      in.skipNBytes(left + padding);
      left = 0;
      padding = 0;
      if (!readHeader()) {
        return false;
      }
      char type = (char) header[TYPE_OFFSET];
      switch (type) {
        case '0', '\0' -> {
          return true;
        }
        case '5', 'g' -> forget();
        case 'L' -> longName = text(meta(), 0, MAX_META_BYTES);
        case 'x' -> readPax(meta());
        default ->
            throw new IOException(
                "Expected regular files only, found '%s' of type '%s' in the archive"
                    .formatted(name, type));
      }
    }
  }

  /** The path of the current file inside the archive. */
  String name() {
    return name;
  }

  /** The content of the current file; valid until {@link #next}. */
  InputStream content() {
    return new Content();
  }

  private boolean readHeader() throws IOException {
    int read = in.readNBytes(header, 0, BLOCK);
    boolean isEnd = read == 0 || (read == BLOCK && isZero(header));
    if (isEnd) {
      return false;
    }
    if (read < BLOCK || number(CHECKSUM_OFFSET, CHECKSUM_BYTES) != checksum()) {
      throw new IOException("Not a tar archive, or damaged after '" + name + "'");
    }
    String prefix =
        text(header, MAGIC_OFFSET, 6).equals("ustar")
            ? text(header, PREFIX_OFFSET, PREFIX_BYTES)
            : "";
    String shortName = text(header, 0, NAME_BYTES);
    name = prefix.isEmpty() ? shortName : prefix + "/" + shortName;
    size = number(SIZE_OFFSET, SIZE_BYTES);
    boolean describesNext = header[TYPE_OFFSET] == 'L' || header[TYPE_OFFSET] == 'x';
    if (!describesNext) {
      name = longName == null ? name : longName;
      size = longSize < 0 ? size : longSize;
      longName = null;
      longSize = -1;
    }
    left = size;
    padding = Math.floorMod(-size, BLOCK);
    return true;
  }

  private void forget() {
    longName = null;
    longSize = -1;
  }

  private byte[] meta() throws IOException {
    if (size > MAX_META_BYTES) {
      throw new IOException(
          "Expected a header of at most " + MAX_META_BYTES + " bytes in the archive");
    }
    byte[] bytes = in.readNBytes((int) size);
    left = 0;
    return bytes;
  }

  /** Records of the form {@code <length> <key>=<value>\n}. */
  private void readPax(byte[] bytes) throws IOException {
    int at = 0;
    while (at < bytes.length) {
      int blank = at;
      while (blank < bytes.length && bytes[blank] != ' ') {
        blank++;
      }
      long length = parse(text(bytes, at, blank - at), 10);
      long end = at + length;
      // a blank before the record and a line feed behind it
      if (end < blank + 2L || end > bytes.length) {
        throw new IOException("Damaged pax header in the archive");
      }
      String[] record = text(bytes, blank + 1, (int) end - blank - 2).split("=", 2);
      if (record[0].equals("path")) {
        longName = record[record.length - 1];
      } else if (record[0].equals("size")) {
        longSize = parse(record[record.length - 1], 10);
      }
      at = (int) end;
    }
  }

  /** An octal number, or a binary one if its first bit is set. */
  private long number(int offset, int length) throws IOException {
    if (header[offset] < 0) {
      long value = 0;
      for (int i = offset + length - Long.BYTES; i < offset + length; i++) {
        value = value << Byte.SIZE | Byte.toUnsignedLong(header[i]);
      }
      if (value < 0) {
        throw new IOException("Impossible size in the archive");
      }
      return value;
    }
    String digits = text(header, offset, length).strip();
    return digits.isEmpty() ? 0 : parse(digits, 8);
  }

  private static Long parse(String digits, int radix) throws IOException {
    try {
      long value = Long.parseLong(digits, radix);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException("Expected a number, found '" + digits + "' in the archive", e);
    }
    throw new IOException("Expected 0 or more, found '" + digits + "' in the archive");
  }

  private long checksum() {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean isChecksum = i >= CHECKSUM_OFFSET && i < CHECKSUM_OFFSET + CHECKSUM_BYTES;
      sum += isChecksum ? ' ' : Byte.toUnsignedInt(header[i]);
    }
    return sum;
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Up to the first zero byte. */
  private static String text(byte[] bytes, int offset, int maxLength) {
    byte[] field = Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + maxLength));
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    return new String(field, 0, length, StandardCharsets.UTF_8);
  }

  /** The bytes of the current file. */
  private final class Content extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(buffer, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException("The archive ends within '" + name + "'");
      }
      left -= read;
      return read;
    }
  }
}
