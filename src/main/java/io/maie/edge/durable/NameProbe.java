package io.maie.edge.durable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds out which names a file system can hold, by trying. A name counts as held if its file is
 * listed under it: some file systems refuse a name, others hold the file under another one.
 *
 * <p>File contract: names are tried in a hidden folder, which is gone afterwards. One that a crash
 * left is emptied by the next probe. Nothing is flushed.
 */
public final class NameProbe {
  private static final String FOLDER = ".maie-names";

  /** Refused by Windows and by its file systems elsewhere. */
  private static final String DOUBTFUL = "\"*:<>?\\|" + controls();

  /** The last of ASCII, of Latin-1 and of the characters that take one unit of UTF-16. */
  private static final int[] HIGHEST = {0x10FFFF, 0xFFFF, 0xFF, 0x7F};

  /** One of them for each in {@link #HIGHEST}: an emoji, a Chinese character, a German one. */
  private static final String[] HIGH = {"\uD83D\uDE00", "\u8A9E", "\u00FC"};

  /** Length that every file system takes. */
  private static final int SHORT_BYTES = 64;

  private final Path folder;

  private NameProbe(Path folder) {
    this.folder = folder;
  }

  /**
   * The rules of the file system that holds {@code parent}.
   *
   * @throws IOException if nothing can be tried there, since it cannot be written
   */
  public static NameRules rules(Path parent) throws IOException {
    NameProbe probe = new NameProbe(parent.resolve(FOLDER));
    if (!Files.isDirectory(probe.folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(probe.folder);
    }
    try {
      probe.clear();
      return probe.rules();
    } finally {
      probe.clear();
      Files.deleteIfExists(probe.folder);
    }
  }

  private NameRules rules() throws IOException {
    if (!isHeld("probe")) {
      throw new IOException("Expected to make a file in '" + folder + "', found none afterwards");
    }
    boolean holdsAll =
        isHeld(DOUBTFUL + String.join("", HIGH) + ". ")
            && isHeld("NUL.probe")
            && isHeld("p".repeat(FileNames.MOST_BYTES));
    return holdsAll ? NameRules.UNIX : detailed();
  }

  private NameRules detailed() throws IOException {
    StringBuilder refused = new StringBuilder();
    for (int i = 0; i < DOUBTFUL.length(); i++) {
      char c = DOUBTFUL.charAt(i);
      if (!isHeld("a" + c + "b")) {
        refused.append(c);
      }
    }
    return new NameRules(
        refused.toString(),
        highestCodePoint(),
        isHeld("a.") && isHeld("a "),
        isHeld("NUL.probe") && isHeld("COM1"),
        mostBytes());
  }

  private int highestCodePoint() throws IOException {
    int i = 0;
    while (i < HIGH.length && !isHeld("a" + HIGH[i] + "b")) {
      i++;
    }
    return HIGHEST[i];
  }

  /** By bisection between a length that is held and one that is not, or is not needed. */
  private int mostBytes() throws IOException {
    int held = SHORT_BYTES;
    int tooLong = FileNames.MOST_BYTES + 1;
    while (tooLong - held > 1) {
      int middle = (held + tooLong) / 2;
      if (isHeld("p".repeat(middle))) {
        held = middle;
      } else {
        tooLong = middle;
      }
    }
    return held;
  }

  private boolean isHeld(String name) throws IOException {
    byte[] raw = name.getBytes(StandardCharsets.UTF_8);
    try {
      Files.createFile(FileNames.resolve(folder, raw));
    } catch (IOException e) {
      return switch (StorageFailure.of(e)) {
        case DISK_FULL, QUOTA, READ_ONLY, UNREADABLE, DISCONNECTED -> throw e;
        default -> false;
      };
    }
    boolean isListed = isListed(raw);
    clear();
    return isListed;
  }

  private boolean isListed(byte[] raw) throws IOException {
    String composed = composed(raw);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        byte[] found = FileNames.rawBytes(entry);
        // macOS decomposes names, and finds them by both forms
        if (Arrays.equals(found, raw) || composed(found).equals(composed)) {
          return true;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return false;
  }

  private static String composed(byte[] raw) {
    return Normalizer.normalize(new String(raw, StandardCharsets.UTF_8), Normalizer.Form.NFC);
  }

  /** Removes what was tried. */
  private void clear() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Files.deleteIfExists(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static String controls() {
    return IntStream.rangeClosed(1, 31).mapToObj(Character::toString).collect(Collectors.joining());
  }
}
