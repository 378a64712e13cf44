package io.maie.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small volume of its own, with limits and faults that the system itself reports. Where mounting
 * is not allowed, the calling test is skipped.
 */
public final class ScratchVolume implements AutoCloseable {
  private static final long IMAGE_BYTES = 20_000_000;

  /** Bytes that a damaged image keeps: the beginning, with the tables of a small volume. */
  private static final long INTACT_BYTES = 1_500_000;

  private static final Path CACHES = Path.of("/proc/sys/vm/drop_caches");

  /** The least on which its file system keeps accounts. */
  private static final long ACCOUNTED_BYTES = 160_000_000;

  private final Path image;
  private final Path folder;

  private ScratchVolume(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /**
   * Mounts an empty volume in memory, below {@code scratch}.
   *
   * @param limits such as {@code size=64k}
   */
  public static ScratchVolume inMemory(Path scratch, String limits)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectory(scratch.resolve("volume"));
    assumeTrue(
        Mounts.succeeds("mount", "-t", "tmpfs", "-o", limits, "tmpfs", folder.toString()),
        "no volume can be mounted here");
    return new ScratchVolume(folder, folder);
  }

  /** Mounts an empty volume with small blocks, which holds no file above 16 GiB. */
  public static ScratchVolume onDisk(Path scratch) throws IOException, InterruptedException {
    Path image = scratch.resolve("volume.ext2");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(IMAGE_BYTES);
    }
    Path folder = Files.createDirectory(scratch.resolve("volume"));
    assumeTrue(
        Mounts.succeeds("mkfs.ext2", "-q", "-F", "-b", "1024", image.toString())
            && Mounts.succeeds("mount", "-o", "loop", image.toString(), folder.toString()),
        "no volume can be mounted here from a file");
    return new ScratchVolume(image, folder);
  }

  /**
   * Mounts an empty volume at {@code folder}, whose quota ends far below the space of its disk.
   *
   * @param limit such as {@code 2M}
   */
  public static ScratchVolume withQuota(Path folder, String limit)
      throws IOException, InterruptedException {
    Path image = folder.resolveSibling(folder.getFileName() + ".btrfs");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(ACCOUNTED_BYTES);
    }
    Files.createDirectories(folder);
    assumeTrue(
        Mounts.succeeds("mkfs.btrfs", "-q", image.toString())
            && Mounts.succeeds("mount", "-o", "loop", image.toString(), folder.toString()),
        "no volume with a quota can be mounted here");
    try {
      require("btrfs", "quota", "enable", folder.toString());
      require("btrfs", "subvolume", "create", folder.resolve("part").toString());
    } finally {
      Mounts.unmount(folder);
    }
    require("mount", "-o", "loop,subvol=part", image.toString(), folder.toString());
    ScratchVolume made = new ScratchVolume(image, folder);
    made.limit(limit);
    return made;
  }

  private static void require(String... command) throws IOException, InterruptedException {
    if (!Mounts.succeeds(command)) {
      throw new IOException("This failed: " + String.join(" ", command));
    }
  }

  /** Sets the quota anew; {@code none} lifts it. Only for those with a quota. */
  public void limit(String limit) throws IOException, InterruptedException {
    require("btrfs", "qgroup", "limit", limit, folder.toString());
    require("btrfs", "filesystem", "sync", folder.toString());
  }

  public Path folder() {
    return folder;
  }

  /** Uses up all of its space. */
  public void fill() throws IOException {
    for (int bytes = 1 << 20; bytes > 0; bytes /= 2) {
      try (FileChannel channel =
          FileChannel.open(
              folder.resolve("filler"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        while (channel.write(java.nio.ByteBuffer.allocate(bytes)) > 0) {
          // until there is no room
        }
      } catch (IOException e) {
        // less may fit
      }
    }
  }

  /** Takes the end of its disk away, and empties the cache. Only for those on disk. */
  public void damage() throws IOException, InterruptedException {
    assumeTrue(Files.isWritable(CACHES), "no permission to empty the memory of files");
    if (!Mounts.succeeds("sync")) {
      throw new IOException("Writing the volume back failed");
    }
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(INTACT_BYTES);
    }
    Files.writeString(CACHES, "3");
  }

  @Override
  public void close() throws IOException {
    Mounts.unmount(folder);
  }
}
