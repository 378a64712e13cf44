package io.maie.edge.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Files that programs put beside recordings and that were never meant as input: documents,
 * captions, playlists, checksums, pictures, marks of downloads. The name proposes, the first bytes
 * dispose: sound under such a name is a recording.
 */
final class Companions {
  private static final Set<String> ENDINGS =
      Set.of(
          "txt", "text", "md", "pdf", "doc", "docx", "odt", "rtf", "ppt", "pptx", "odp", "xls",
          "xlsx", "ods", "csv", "tsv", "htm", "html", "mht", "nfo", "srt", "vtt", "sub", "idx",
          "ass", "ssa", "lrc", "sbv", "m3u", "m3u8", "pls", "xspf", "wpl", "cue", "json", "xml",
          "yaml", "yml", "toml", "conf", "cfg", "ini", "log", "url", "webloc", "lnk", "desktop",
          "md5", "sha1", "sha256", "sha512", "sfv", "ffp", "asc", "sig", "torrent", "jpg", "jpeg",
          "png", "gif", "bmp", "webp", "heic", "tif", "tiff", "svg", "thm", "ics", "eml", "vcf");

  /** Marks that Windows attaches to downloads, as they arrive elsewhere. */
  private static final List<String> MARKS = List.of(":zone.identifier", "_zone.identifier");

  private static final List<String> SOUND =
      List.of("OggS", "fLaC", "ID3", "FORM", "caff", "#!AMR", "\u001aE\u00df\u00a3", ".snd");

  /** Second bytes of frames of MPEG audio; a byte order mark of a text is none of them. */
  private static final String MPEG_FRAMES = "\u00fb\u00fa\u00f3\u00f2\u00f1\u00f9";

  private static final int HEAD_BYTES = 12;

  private Companions() {}

  /** Returns whether a file is one of them; reads its first bytes only if its name says so. */
  static boolean isOne(Path file) throws IOException {
    String name = Glob.lower(String.valueOf(file.getFileName()));
    if (Sidecars.isSidecar(file) || Sidecars.isFolderProfile(file)) {
      return false;
    }
    int dot = name.lastIndexOf('.');
    boolean isNamedSo =
        MARKS.stream().anyMatch(name::endsWith)
            || (dot >= 0 && ENDINGS.contains(name.substring(dot + 1)));
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
}
