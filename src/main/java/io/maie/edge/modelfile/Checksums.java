package io.maie.edge.modelfile;

import io.maie.edge.durable.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of files, remembered while size, modification time and identity stay the same, so that
 * looking at large models is cheap. A file that is renamed stays the same. Thread-safe. Damage that
 * leaves all three alone (a failing disk) is found by {@link #compute} only.
 */
public final class Checksums {

  private final Map<Stamp, String> known = new ConcurrentHashMap<>();

  /** The checksum of {@code file}, 64 hexadecimal digits; from memory if the file is unchanged. */
  String of(Path file) throws IOException {
    @Nullable String sha256 = known.get(Stamp.of(file));
    return sha256 != null ? sha256 : compute(file);
  }

  /** Reads the whole file, whatever is remembered. */
  String compute(Path file) throws IOException {
    Stamp before = Stamp.of(file);
    String sha256 = Sha256.of(file);
    if (before.equals(Stamp.of(file))) {
      known.put(before, sha256);
    }
    return sha256;
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
