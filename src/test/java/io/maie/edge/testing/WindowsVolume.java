package io.maie.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A volume that holds the names that Windows holds, without regard to case: NTFS in a file, mounted
 * by the programs of ntfs-3g. Where they are missing, or mounting is not allowed, the calling test
 * is skipped.
 */
public final class WindowsVolume implements AutoCloseable {
  private static final long BYTES = 8_000_000;

  private final Path folder;

  private WindowsVolume(Path folder) {
    this.folder = folder;
  }

  /** Mounts a new, empty one below {@code scratch}. */
  public static WindowsVolume mount(Path scratch) throws IOException, InterruptedException {
    Path image = scratch.resolve("volume.ntfs");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Path folder = Files.createDirectory(scratch.resolve("volume"));
    boolean isMounted =
        Mounts.succeeds("mkntfs", "--quick", "--force", "--quiet", image.toString())
            && Mounts.succeeds(
                "lowntfs-3g",
                "-o",
                "windows_names,ignore_case",
                image.toString(),
                folder.toString());
    assumeTrue(isMounted, "no NTFS can be mounted here (ntfs-3g, /dev/fuse, permission)");
    return new WindowsVolume(folder);
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    Mounts.unmount(folder);
  }
}
