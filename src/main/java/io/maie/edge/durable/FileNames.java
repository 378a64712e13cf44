package io.maie.edge.durable;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names of files as bytes, as text for people, and as names for what the program writes.
 *
 * <p>A name on a Unix file system is any bytes without {@code /} and NUL; a {@link Path} keeps
 * them, a string may not. So recordings are carried as paths, and text is made from them only for
 * output.
 */
public final class FileNames {
  /** Marks a folder of ours that may be on a disk of its own, see the folder's identity. */
  public static final String FOLDER_MARKER = ".maie-folder";

  /** Space in a folder of ours that is kept for a last status. */
  public static final String FOLDER_RESERVE = ".maie-reserve";

  /** Longest name on common file systems. */
  public static final int MOST_BYTES = 255;

  static final int HASH_CHARACTERS = 8;

  private FileNames() {}

  /** The bytes of the last element of {@code path}, as they lie on the disk. */
  public static byte[] rawBytes(Path path) {
    byte[] whole = rawPath(path);
    int start = whole.length;
    while (start > 0 && whole[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(whole, start, whole.length);
  }

  /** The bytes of the absolute path, for calls of the operating system. */
  public static byte[] rawPath(Path path) {
    // only the URI of a path gives the bytes away; that of a folder ends in a slash
    String raw = path.toAbsolutePath().toUri().getRawPath();
    int end = raw.endsWith("/") && raw.length() > 1 ? raw.length() - 1 : raw.length();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
    for (int i = 0; i < end; i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  /** The path of those bytes, which need not be text, below {@code folder}. */
  public static Path resolve(Path folder, byte[] relative) {
    String base = folder.toAbsolutePath().toUri().toString();
    String escaped = HexFormat.of().formatHex(relative).replaceAll("..", "%$0");
    return Path.of(URI.create(base + (base.endsWith("/") ? "" : "/") + escaped));
  }

  /** Returns whether the last element of {@code path} is valid UTF-8. */
  public static boolean isText(Path path) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(rawBytes(path)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * The last element of {@code path} as a name that can be written anywhere: composed Unicode
   * (NFC), every malformed byte as {@code _}, then with {@code ~} and eight characters of a hash so
   * that it stays distinct; the extension stays last.
   */
  public static String text(Path path) {
    byte[] raw = rawBytes(path);
    String decoded = new String(raw, StandardCharsets.UTF_8);
    String name = Normalizer.normalize(decoded.replace('\uFFFD', '_'), Normalizer.Form.NFC);
    if (isText(path)) {
      return Normalizer.normalize(decoded, Normalizer.Form.NFC);
    }
    int dot = dotOf(name);
    return name.substring(0, dot) + "~" + hash(raw) + name.substring(dot);
  }

  /**
   * A name for people and logs on one line: control characters, line separators and marks that turn
   * the direction of writing appear as {@code \\uXXXX}.
   */
  public static String printable(Path path) {
    StringBuilder printable = new StringBuilder();
    path.toString()
        .codePoints()
        .forEach(
            c -> {
              if (isHarmless(c)) {
                printable.appendCodePoint(c);
              } else {
                printable.append(String.format("\\u%04X", c));
              }
            });
    return printable.toString();
  }

  private static boolean isHarmless(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  /** The part of a name before its extension: {@code talk} of {@code talk.wav}. */
  public static String stem(String name) {
    return name.substring(0, dotOf(name));
  }

  /** The extension with its dot, or nothing: {@code .wav} of {@code talk.wav}. */
  public static String extension(String name) {
    return name.substring(dotOf(name));
  }

  /** An extension is short; "3. Sitzung am Montag" has none, and neither has ".hidden". */
  private static int dotOf(String name) {
    int dot = name.lastIndexOf('.');
    boolean isExtension = dot > 0 && name.length() - dot <= 12 && name.indexOf(' ', dot) < 0;
    return isExtension ? dot : name.length();
  }

  /** As many whole characters as {@code mostBytes} bytes hold. */
  static String cut(String text, int mostBytes) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      int next = bytes(Character.toString(codePoint));
      if (used + next > mostBytes) {
        break;
      }
      used += next;
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Eight characters of a hash. */
  static String hash(byte[] raw) {
    return HexFormat.of().formatHex(Sha256.newDigest().digest(raw)).substring(0, HASH_CHARACTERS);
  }
}
