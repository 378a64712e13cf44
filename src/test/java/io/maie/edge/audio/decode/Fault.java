package io.maie.edge.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** Faults of a file that leave all its sound in place. */
public enum Fault {
  NONE,
  BYTES_BEFORE,
  ZEROS_BEHIND,
  TEXT_BEHIND,
  TWO_BYTES_BEHIND,
  JOINED_WITH_ITS_LIKE,
  JOINED_WITH_ANOTHER_RATE,
  JOINED_WITH_WAV,
  DECLARES_SLIGHTLY_TOO_MUCH,
  DECLARES_FAR_TOO_MUCH,
  DECLARES_ALL_ONES,
  DECLARES_NOTHING,
  DECLARES_TOO_LITTLE,
  CLOCK_STARTS_LATE,
  CLOCK_RUNS_FAST,
  CLOCK_RUNS_SLOW,
  CLOCK_JUMPS_BACK;

  private static final long LATE = 48_000L * 3_600 * 13;

  /** True if a second recording follows. */
  public boolean isJoined() {
    return name().startsWith("JOINED");
  }

  /** True if the file does not show that no sound is missing. */
  boolean looksIncomplete() {
    return switch (this) {
      case DECLARES_FAR_TOO_MUCH, DECLARES_ALL_ONES, DECLARES_NOTHING, ZEROS_BEHIND -> true;
      default -> false;
    };
  }

  /** The file with the fault; empty if such a file cannot have it. */
  public Optional<byte[]> in(byte[] file, byte[] other) {
    return switch (this) {
      case NONE -> Optional.of(file);
      case BYTES_BEFORE -> Optional.of(concat(text("HTTP/1.1 200 OK\r\n\r\n"), file));
      case ZEROS_BEHIND -> Optional.of(Arrays.copyOf(file, file.length + 32_768));
      case TEXT_BEHIND -> Optional.of(concat(file, text("\r\n------FormBoundaryAbC--\r\n")));
      case TWO_BYTES_BEHIND -> Optional.of(concat(file, text("\r\n")));
      case JOINED_WITH_ITS_LIKE, JOINED_WITH_ANOTHER_RATE, JOINED_WITH_WAV ->
          Optional.of(concat(file, other));
      case DECLARES_SLIGHTLY_TOO_MUCH -> declaring(file, size -> size + 44);
      case DECLARES_FAR_TOO_MUCH -> declaring(file, size -> size * 10);
      case DECLARES_ALL_ONES -> declaring(file, size -> -1);
      case DECLARES_NOTHING -> declaring(file, size -> 0);
      case DECLARES_TOO_LITTLE -> declaring(file, size -> size * 2 / 5 & ~3);
      case CLOCK_STARTS_LATE -> stamped(file, granule -> granule + LATE);
      case CLOCK_RUNS_FAST -> stamped(file, granule -> granule * 3 / 2);
      case CLOCK_RUNS_SLOW -> stamped(file, granule -> granule / 2);
      case CLOCK_JUMPS_BACK ->
          stamped(file, granule -> granule > 70_000 ? granule - 60_000 : granule);
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  private static Optional<byte[]> declaring(byte[] file, LongUnaryOperator change) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.wrap(file.clone());
    if (text.startsWith("RIFF") && text.startsWith("WAVE", 8)) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      changeInt(bytes, 4, change);
      changeInt(bytes, text.indexOf("data") + 4, change);
    } else if (text.startsWith("FORM")) {
      changeInt(bytes, 4, change);
      changeInt(bytes, text.indexOf("SSND") + 4, change);
    } else if (text.startsWith("caff")) {
      changeLong(bytes, text.indexOf("data") + 4, change);
    } else if (text.startsWith("riff")) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      changeLong(bytes, 16, change);
      changeLong(bytes, text.indexOf("data") + 16, change);
    } else if (text.startsWith("fLaC")) {
      changeInt(bytes, 22, change);
    } else if (text.startsWith("ftyp", 4)) {
      changeInt(bytes, text.indexOf("mvhd") + 20, change);
      changeInt(bytes, text.indexOf("mdhd") + 20, change);
      if (text.contains("elst")) {
        changeInt(bytes, text.indexOf("elst") + 12, change);
      }
    } else if (text.startsWith("Creative")) {
      changeVoc(bytes, change);
    } else if (text.startsWith("FLV")) {
      changeTags(bytes, change);
    } else if (text.startsWith("TTA1")) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      changeInt(bytes, 14, change);
    } else if (text.startsWith("\u001aE\u00df\u00a3")) {
      changeClusters(bytes, text, change);
    } else if (text.startsWith("0&\u00b2u")) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      changeLong(bytes, text.indexOf("6&\u00b2u") + 16, change);
    } else {
      return Optional.empty();
    }
    return Optional.of(bytes.array());
  }

  /** Changes the size of the first block, which the header stands before. */
  private static void changeVoc(ByteBuffer bytes, LongUnaryOperator change) {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    int block = bytes.getShort(20);
    int size = (int) change.applyAsLong(bytes.getInt(block) >>> Byte.SIZE);
    bytes.putInt(block, size << Byte.SIZE | bytes.get(block));
  }

  /** Changes the size that stands behind each tag of FLV. */
  private static void changeTags(ByteBuffer bytes, LongUnaryOperator change) {
    int at = 13;
    while (at < bytes.capacity()) {
      int next = at + 11 + (bytes.getInt(at) & 0xFF_FFFF);
      changeInt(bytes, next, change);
      at = next + Integer.BYTES;
    }
  }

  /** Changes the size of each cluster of Matroska, within its bytes. */
  private static void changeClusters(ByteBuffer bytes, String text, LongUnaryOperator change) {
    String cluster = "\u001fC\u00b6u";
    for (int at = text.indexOf(cluster); at >= 0; at = text.indexOf(cluster, at + 1)) {
      int count = Integer.numberOfLeadingZeros(text.charAt(at + 4)) - 23;
      long marker = 1L << (7 * count);
      long size = 0;
      for (int i = 0; i < count; i++) {
        size = size << 8 | text.charAt(at + 4 + i);
      }
      long changed = (change.applyAsLong(size - marker) & (marker - 1)) | marker;
      for (int i = count - 1; i >= 0; i--) {
        bytes.put(at + 4 + i, (byte) changed);
        changed >>= 8;
      }
    }
  }

  private static void changeInt(ByteBuffer bytes, int at, LongUnaryOperator change) {
    bytes.putInt(at, (int) change.applyAsLong(Integer.toUnsignedLong(bytes.getInt(at))));
  }

  private static void changeLong(ByteBuffer bytes, int at, LongUnaryOperator change) {
    bytes.putLong(at, change.applyAsLong(bytes.getLong(at)));
  }

  /** Changes the granule positions of all pages behind the headers. */
  private static Optional<byte[]> stamped(byte[] file, LongUnaryOperator change) {
    if (file[0] != 'O' || file[1] != 'g') {
      return Optional.empty();
    }
    byte[] changed = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < changed.length; at += OggPages.size(changed, at)) {
      long granule = bytes.getLong(at + 6);
      bytes.putLong(at + 6, granule > 0 ? change.applyAsLong(granule) : granule);
    }
    OggPages.sign(changed);
    return Optional.of(changed);
  }
}
