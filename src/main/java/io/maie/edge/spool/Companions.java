package io.maie.edge.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files that programs put beside recordings and that were never meant as input: documents,
 * captions, playlists, checksums, pictures, marks of downloads. The name proposes, the first bytes
 * dispose: sound under such a name is a recording.
 */
public final class Companions {
  private static final Set<String> ENDINGS =
      Set.of(
          // documents
          "txt",
          "text",
          "md",
          "pdf",
          "doc",
          "docx",
          "odt",
          "rtf",
          "ppt",
          "pptx",
          "odp",
          "xls",
          "xlsx",
          "ods",
          "csv",
          "tsv",
          "htm",
          "html",
          "mht",
          "nfo",
          "pages",
          "numbers",
          "key",
          "epub",
          "tex",
          "ics",
          "eml",
          "msg",
          "vcf",
          // captions and chapters
          "srt",
          "vtt",
          "sub",
          "idx",
          "ass",
          "ssa",
          "lrc",
          "sbv",
          "ttml",
          "dfxp",
          "smi",
          "sami",
          "stl",
          "scc",
          "chapters",
          "ffmetadata",
          // playlists and cue sheets
          "m3u",
          "m3u8",
          "pls",
          "xspf",
          "wpl",
          "asx",
          "cue",
          "toc",
          // data and settings
          "json",
          "jsonl",
          "xml",
          "yaml",
          "yml",
          "toml",
          "conf",
          "cfg",
          "ini",
          "inf",
          "plist",
          "log",
          "url",
          "webloc",
          "lnk",
          "desktop",
          "torrent",
          "xmp",
          // checksums and signatures
          "md5",
          "sha",
          "sha1",
          "sha224",
          "sha256",
          "sha384",
          "sha512",
          "sfv",
          "crc",
          "ffp",
          "par2",
          "asc",
          "sig",
          "p7s",
          // pictures
          "jpg",
          "jpeg",
          "png",
          "gif",
          "bmp",
          "webp",
          "heic",
          "heif",
          "avif",
          "tif",
          "tiff",
          "svg",
          "ico",
          "thm",
          // projects of sound editors, and the waveforms that they draw
          "aup",
          "rpp",
          "rpp-bak",
          "sesx",
          "als",
          "sfk",
          "pkf",
          "pk",
          "gpk",
          "reapeaks",
          "asd",
          "pek",
          "hprj",
          "ovw",
          "mrk",
          "aup3",
          "aup3-wal",
          "aup3-shm",
          "bak",
          // lists of cuts, menus of discs, and where something was recorded
          "edl",
          "otio",
          "fcpxml",
          "ifo",
          "bup",
          "gpx",
          "kml",
          // transcripts and annotations of speech
          "textgrid",
          "eaf",
          "pfsx",
          "trs",
          "rttm",
          "stm",
          "ctm");

  private static final Set<String> NAMES =
      Set.of(
          "readme",
          "license",
          "licence",
          "copying",
          "md5sums",
          "sha1sums",
          "sha256sums",
          "sha512sums",
          "checksums",
          "checksum");

  /**
   * Named streams of a file as they arrive on other file systems: the mark that Windows attaches to
   * downloads, resource forks of macOS. The share keeps the colon, or maps it to {@code _} or to a
   * character of private use.
   */
  private static final Pattern STREAM =
      Pattern.compile(
          ".*(zone\\.identifier"
              + "|[:_\uF022\uF03A](smartscreen|afp_afpinfo|afp_resource|com\\.dropbox\\.attr[a-z]*))"
              + "(:\\$data)?");

  private static final List<String> SOUND =
      List.of("OggS", "fLaC", "ID3", "FORM", "caff", "#!AMR", "\u001aE\u00df\u00a3", ".snd");

  /** Second bytes of frames of MPEG audio; a byte order mark of a text is none of them. */
  private static final String MPEG_FRAMES = "\u00fb\u00fa\u00f3\u00f2\u00f1\u00f9";

  private static final int HEAD_BYTES = 12;

  private Companions() {}

  /** Returns whether a file is one of them; reads its first bytes only if its name says so. */
  public static boolean isOne(Path file) throws IOException {
    if (Sidecars.isSidecar(file) || Sidecars.isFolderProfile(file)) {
      return false;
    }
    String name = Glob.lower(nameOf(file));
    int dot = name.lastIndexOf('.');
    boolean isNamedSo =
        NAMES.contains(name)
            || (dot >= 0 && ENDINGS.contains(name.substring(dot + 1)))
            || STREAM.matcher(name).matches();
    return isNamedSo && !isSound(file);
  }

  private static boolean isSound(Path file) throws IOException {
    String head;
    try (InputStream in = Files.newInputStream(file)) {
      head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
    }
    boolean isWave = head.startsWith("RIFF") && (head.endsWith("WAVE") || head.endsWith("AVI "));
    boolean isMpeg =
        head.length() > 1 && head.charAt(0) == 0xFF && MPEG_FRAMES.indexOf(head.charAt(1)) >= 0;
    return isWave
        || isMpeg
        || head.startsWith("ftyp", 4)
        || SOUND.stream().anyMatch(head::startsWith);
  }

  /**
   * The companions in the folder of {@code recording} that belong to it: those that have its name
   * with something added, those that have its name with another extension, unless another recording
   * there has the same one, and those that have the name of none, once no other recording is there.
   *
   * @param recording need not be there any more
   */
  public static List<Path> of(Path recording) throws IOException {
    List<Path> companions = new ArrayList<>();
    List<String> others = new ArrayList<>();
    IgnoreRules rules = new IgnoreRules(List.of());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(recording.resolveSibling(""))) {
      for (Path entry : entries) {
        boolean isInQuestion =
            Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                && rules.file(nameOf(entry)).isEmpty()
                && !Sidecars.isSidecar(entry)
                && !Sidecars.isFolderProfile(entry)
                && !entry.getFileName().equals(recording.getFileName());
        if (isInQuestion && isOne(entry)) {
          companions.add(entry);
        } else if (isInQuestion) {
          others.add(nameOf(entry));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    String own = nameOf(recording);
    return companions.stream()
        .filter(one -> shared(nameOf(one), own) > nearest(nameOf(one), others))
        .sorted()
        .toList();
  }

  /** The most characters that a companion shares with a recording; -1 if there are none. */
  private static int nearest(String companion, List<String> recordings) {
    return recordings.stream().mapToInt(other -> shared(companion, other)).max().orElse(-1);
  }

  /**
   * Counts the characters of the recording's name that a companion carries: {@code call.ogg.md5}
   * all of {@code call.ogg}, {@code call.de.srt} the part before the extension, {@code calls.srt}
   * none.
   */
  private static int shared(String companion, String recording) {
    if (".:_\uF022\uF03A".indexOf(behind(companion, recording)) >= 0) {
      return recording.length();
    }
    String stem = stem(recording);
    return behind(companion, stem) == '.' ? stem.length() : 0;
  }

  /** The character behind {@code name} with which a companion begins; -1 if there is none. */
  private static int behind(String companion, String name) {
    return companion.startsWith(name) && companion.length() > name.length()
        ? companion.charAt(name.length())
        : -1;
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
