package io.maie.edge.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of files, remembered while size, modification time and identity stay the same, so that
 * looking at large models is cheap. A file that is renamed stays the same. Thread-safe. Damage that
 * leaves all three alone (a failing disk) is found by {@link #compute} only.
 */
public final class Checksums {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Map<Stamp, String> known = new ConcurrentHashMap<>();

  /** The checksum of {@code file}, 64 hexadecimal digits; from memory if the file is unchanged. */
  String of(Path file) throws IOException {
    @Nullable String sha256 = known.get(Stamp.of(file));
    return sha256 != null ? sha256 : compute(file);
  }

  /** Reads the whole file, whatever is remembered. */
  String compute(Path file) throws IOException {
    Stamp before = Stamp.of(file);
    String sha256 = read(file);
    if (before.equals(Stamp.of(file))) {
      known.put(before, sha256);
    }
    return sha256;
  }

  private static String read(Path file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Facts that change with the file.
   *
   * @param identity device and inode; the path on file systems that have none
   */
  private record Stamp(long bytes, FileTime modified, Object identity) {

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      @Nullable Object key = attributes.fileKey();
      return new Stamp(
          attributes.size(),
          attributes.lastModifiedTime(),
          key == null ? file.toAbsolutePath() : key);
    }
  }
}
