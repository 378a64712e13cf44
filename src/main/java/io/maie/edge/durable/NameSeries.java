package io.maie.edge.durable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Names that are tried one after the other: {@code talk.wav.json}, {@code talk.wav~2.json}, and so
 * on. The number stands before the suffix, so that a name keeps saying what it is.
 *
 * @param stem what stands before the number
 * @param suffix what stands behind it
 */
public record NameSeries(String stem, String suffix) {

  /** The series of a file name, whose numbers stand before the extension. */
  public static NameSeries of(String name) {
    return new NameSeries(FileNames.stem(name), FileNames.extension(name));
  }

  /**
   * The {@code number}-th name. A stem too long for 255 bytes is cut between two characters and
   * takes {@code ~} and eight characters of its hash.
   */
  public String name(int number) {
    return name(number, FileNames.MOST_BYTES);
  }

  /** The same where names have at most {@code mostBytes} bytes. */
  String name(int number, int mostBytes) {
    String tail = (number == 1 ? "" : "~" + number) + suffix;
    int room = mostBytes - FileNames.bytes(tail);
    if (FileNames.bytes(stem) <= room) {
      return stem + tail;
    }
    int kept = room - 1 - FileNames.HASH_CHARACTERS;
    if (kept < 1) {
      throw new IllegalArgumentException("expected a short suffix, found '" + suffix + "'");
    }
    return FileNames.cut(stem, kept) + "~" + FileNames.hash(stem.getBytes(UTF_8)) + tail;
  }
}
