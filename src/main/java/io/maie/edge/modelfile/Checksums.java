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

/**
 * SHA-256 of files, remembered while size, modification time and identity stay the same, so that
 * looking at large models is cheap. Thread-safe. Damage that leaves all three alone (a failing
 * disk) is found by {@link #compute} only.
 */
public final class Checksums {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Map<Path, Entry> known = new ConcurrentHashMap<>();

  /** The checksum of {@code file}, 64 hexadecimal digits; from memory if the file is unchanged. */
  String of(Path file) throws IOException {
    Stamp stamp = Stamp.of(file);
    Entry entry = known.get(file);
    return entry != null && entry.stamp.equals(stamp) ? entry.sha256 : compute(file);
  }

  /** Reads the whole file, whatever is remembered. */
  String compute(Path file) throws IOException {
    Stamp before = Stamp.of(file);
    String sha256 = read(file);
    if (before.equals(Stamp.of(file))) {
      known.put(file, new Entry(before, sha256));
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

  private record Entry(Stamp stamp, String sha256) {}

  private record Stamp(long bytes, FileTime modified, String identity) {

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
    }
  }
}
