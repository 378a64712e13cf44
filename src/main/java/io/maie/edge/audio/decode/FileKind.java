package io.maie.edge.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.IOUtils;

/**
 * Apparent kind of a file that holds no recording, judged by its first bytes, in words that fit
 * after "found"; only for messages.
 */
final class FileKind {
  private static final int HEAD_BYTES = 512;

  /** Highest share of bytes above 127 in texts of one byte a letter. */
  private static final double MAX_HIGH_SHARE = 0.2;

  private static final List<Kind> KINDS =
      List.of(
          new Kind("PK\u0003\u0004", "a ZIP archive or an office document", false),
          new Kind("%PDF", "a PDF document", false),
          new Kind("\u00ff\u00d8\u00ff", "a JPEG picture", false),
          new Kind("\u0089PNG", "a PNG picture", false),
          new Kind("GIF8", "a GIF picture", false),
          new Kind("\u001f\u008b", "a gzip archive", false),
          new Kind("Rar!", "a RAR archive", false),
          new Kind("7z\u00bc\u00af", "a 7z archive", false),
          new Kind("\u007fELF", "a program", false),
          new Kind("MThd", "a MIDI file, which holds notes and no sound", false),
          new Kind("SQLite format 3", "a database", false),
          new Kind("\u00d0\u00cf\u0011\u00e0", "an office document", false),
          new Kind("\0\u0005\u0016\u0007", "the properties of another file (AppleDouble)", false),
          new Kind("II*\0", "a TIFF picture", false),
          new Kind("MM\0*", "a TIFF picture", false),
          new Kind(
              "\u001fC\u00b6u",
              "a piece of a WebM or Matroska recording without its beginning",
              true),
          new Kind("#EXTM3U", "a playlist", false),
          new Kind("<!DOCTYPE html", "a web page, such as the error of a download", false),
          new Kind("<html", "a web page, such as the error of a download", false),
          new Kind("version https://git-lfs", "a pointer of Git LFS to another file", false),
          new Kind("age-encryption.org/", "an encrypted file", false),
          new Kind("-----BEGIN PGP", "an encrypted file", false),
          new Kind("Salted__", "an encrypted file", false),
          new Kind("ffconcat", "a playlist", false),
          new Kind("RIFF", "damaged WAV data", true),
          new Kind("RF64", "damaged WAV data", true),
          new Kind("RIFX", "damaged WAV data", true),
          new Kind("riff", "damaged Wave64 data", true),
          new Kind("caff", "damaged CAF data", true),
          new Kind(".snd", "damaged AU data", true),
          new Kind("wvpk", "damaged WavPack data", true),
          new Kind("0&\u00b2u", "damaged WMA data", true),
          new Kind("FORM", "damaged AIFF data", true),
          new Kind("fLaC", "damaged FLAC data", true),
          new Kind("OggS", "damaged Ogg data", true),
          new Kind("\u001aE\u00df\u00a3", "damaged Matroska data", true),
          new Kind("ID3", "damaged MP3 data", true),
          new Kind("#!AMR", "damaged AMR data", true));

  /** Kinds of boxes that MP4 files, and pieces of them, begin with. */
  private static final List<String> MP4_BOXES =
      List.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp", "moof", "sidx");

  private static final List<String> PICTURES =
      List.of("heic", "heix", "mif1", "msf1", "hevc", "avif");

  private static final Kind MP4 = new Kind("", "damaged MP4 data", true);
  private static final Kind TEXT = new Kind("", "text", false);
  private static final Kind ZEROS =
      new Kind("", "zeros at the beginning and no recording behind them", false);
  private static final Kind UNKNOWN = new Kind("", "data in no known audio format", false);

  private FileKind() {}

  static Kind of(Path file) throws IOException {
    String head;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[HEAD_BYTES];
      head = new String(bytes, 0, IOUtils.read(in, bytes), StandardCharsets.ISO_8859_1);
    }
    if (MP4_BOXES.stream().anyMatch(box -> head.startsWith(box, 4))) {
      boolean isPicture = PICTURES.stream().anyMatch(brand -> head.startsWith(brand, 8));
      return isPicture ? new Kind("", "a HEIC or AVIF picture", false) : MP4;
    }
    if (head.startsWith("RIFF") && head.startsWith("CDDA", 8)) {
      return new Kind("", "the name of a track of a CD, which holds no sound itself", false);
    }
    if (head.startsWith("RIFF") && head.startsWith("QLCM", 8)) {
      return new Kind("", "QCP data that cannot be decoded", true);
    }
    for (Kind kind : KINDS) {
      if (head.startsWith(kind.magic())) {
        return kind;
      }
    }
    if (head.startsWith("MZ") && head.contains("program")) {
      return new Kind("", "a program", false);
    }
    boolean isZeros = !head.isEmpty() && head.chars().allMatch(c -> c == 0);
    if (isZeros) {
      return ZEROS;
    }
    boolean isUtf16 = head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff");
    return isText(head) || (isUtf16 && isUtf16(head)) ? TEXT : UNKNOWN;
  }

  /** Text has no control characters, and few bytes above 127 unless these are UTF-8. */
  private static boolean isText(String head) {
    boolean hasControls =
        head.chars().anyMatch(c -> (c < ' ' || c == 0x7f) && "\n\r\t".indexOf(c) < 0);
    long high = head.chars().filter(c -> c > 0x7f).count();
    return !hasControls && (high <= MAX_HIGH_SHARE * head.length() || isUtf8(head));
  }

  /** Letters of most languages share their high bytes. */
  private static boolean isUtf16(String head) {
    int high = head.startsWith("\u00ff\u00fe") ? 1 : 0;
    long plain = 0;
    for (int i = 2; i + 1 < head.length(); i += 2) {
      plain += head.charAt(i + high) == 0 ? 1 : 0;
    }
    return plain > head.length() / 4;
  }

  /** The end of the head may cut a character. */
  private static boolean isUtf8(String head) {
    byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    return !decoder.decode(ByteBuffer.wrap(bytes), text, false).isError();
  }

  /**
   * A kind of file.
   *
   * @param magic its first bytes, as Latin-1
   * @param words such as {@code a ZIP archive}
   * @param isAudio whether an intact file of this kind could hold sound
   */
  record Kind(String magic, String words, boolean isAudio) {

    /** Returns whether it is MP4. */
    boolean isMp4() {
      return equals(MP4);
    }

    /** Returns whether nothing is known of it. */
    boolean isUnknown() {
      return equals(UNKNOWN) || equals(ZEROS);
    }

    /** Returns whether it may be what another program put before a recording. */
    boolean mayPrecede() {
      return isUnknown() || equals(TEXT);
    }
  }
}
