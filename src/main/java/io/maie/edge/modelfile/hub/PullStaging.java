package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.GroupAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * The hidden folder in which a pull collects a model: finished files in their places, parts of the
 * others, and a lock that the operating system releases when the process ends. Its name follows
 * from the model's, so that a later pull finds what an earlier one left.
 */
final class PullStaging implements AutoCloseable {
  static final String PREFIX = ".maie-pull-";

  private final Path folder;
  private final FileChannel lock;

  private PullStaging(Path folder, FileChannel lock) {
    this.folder = requireNonNull(folder, "folder is null");
    this.lock = requireNonNull(lock, "lock is null");
  }

  /**
   * Opens the folder for the model {@code name}, and makes it if there is none.
   *
   * @throws HubException {@code BUSY} if somebody else has it
   */
  static PullStaging open(Path models, String name) throws IOException {
    DurableFiles.createDirectories(models);
    Path folder = models.resolve(PREFIX + name);
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new PullStaging(folder, channel);
      }
    } catch (OverlappingFileLockException e) {
      // another thread of this process: the same as another process
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new HubException(
        HubException.Kind.BUSY,
        "Another process pulls '" + name + "' at the moment",
        "Wait until it is there: maie-edge models list");
  }

  Path folder() {
    return folder;
  }

  /** Folder that becomes the model. */
  Path model() {
    return folder.resolve("model");
  }

  /** The path of {@code file} when it is finished. */
  Path finished(HubFile file) {
    return model().resolve(file.path());
  }

  /** The path of {@code file} until it is finished; the same for the same content. */
  Path part(HubFile file) {
    return parts().resolve(file.checksum().hex() + ".part");
  }

  private Path parts() {
    return folder.resolve("parts");
  }

  /** Makes the folders of {@code files}, and removes leftovers of other files. */
  void prepare(List<HubFile> files) throws IOException {
    Set<Path> expected =
        Set.copyOf(files.stream().flatMap(file -> Stream.of(finished(file), part(file))).toList());
    for (Path place : List.of(model(), parts())) {
      DurableFiles.createDirectories(place);
      for (Path found : filesBelow(place)) {
        if (!expected.contains(found) || Files.isSymbolicLink(found)) {
          Files.delete(found);
        }
      }
    }
    for (HubFile file : files) {
      Path parent = model().relativize(finished(file)).getParent();
      if (parent != null) {
        DurableFiles.createDirectoriesBelow(model(), parent);
      }
    }
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  /** Turns a part into a finished file. */
  void finish(HubFile file) throws IOException {
    GroupAccess.grant(part(file));
    DurableFiles.rename(part(file), finished(file));
  }

  /** Deletes the folder. */
  void remove() throws IOException {
    PathUtils.deleteDirectory(folder);
  }

  /** Releases the lock. Fetched files stay; a folder without any is deleted. */
  @Override
  public void close() throws IOException {
    try (lock) {
      boolean isEmpty = Files.exists(folder) && filesBelow(folder).size() <= 1;
      if (isEmpty) {
        remove();
      }
    }
  }
}
