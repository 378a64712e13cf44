package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.GroupAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A hidden folder that a model is unpacked into. Files arrive only below it, whatever their names
 * say, each once, flushed, and within limits.
 */
final class ImportStaging {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Files that macOS adds to archives, git to clones, and download tools to their folders. */
  private static final Set<String> NOT_OF_THE_MODEL =
      Set.of("__MACOSX", ".DS_Store", ".git", ".cache");

  private final Path folder;
  private final ImportLimits limits;
  private final FileStore disk;
  private int files;
  private long bytes;

  ImportStaging(Path folder, ImportLimits limits) throws IOException {
    this.folder = requireNonNull(folder, "folder is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.disk = Files.getFileStore(folder);
  }

  /**
   * Writes a file.
   *
   * @param name its path inside the model, with slashes
   * @throws IOException if the name leads elsewhere, was there before, or a limit is exceeded
   */
  void add(String name, InputStream content) throws IOException {
    String tidy = name.startsWith("./") ? name.substring(2) : name;
    if (Stream.of(tidy.split("/", -1)).anyMatch(NOT_OF_THE_MODEL::contains)) {
      return;
    }
    if (!ModelFolder.isSafeName(tidy)) {
      throw new IOException("Expected names inside the model's folder, found '" + name + "'");
    }
    if (++files > limits.files()) {
      throw new IOException("Expected at most " + limits.files() + " files, found more");
    }
    Path relative = Path.of(tidy);
    Path parent = relative.getParent();
    try {
      if (parent != null) {
        DurableFiles.createDirectoriesBelow(folder, parent);
      }
      write(folder.resolve(relative), content);
    } catch (FileAlreadyExistsException e) {
      // not to be taken for an installed model of the same name
      throw new IOException("Expected each name once, found '" + name + "' again", e);
    }
  }

  private void write(Path target, InputStream content) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        requireRoom();
        out.write(buffer, 0, read);
      }
      GroupAccess.grant(target);
      channel.force(true);
    }
  }

  private void requireRoom() throws IOException {
    if (bytes > limits.bytes()) {
      throw new IOException("Expected at most " + limits.bytes() + " bytes, found more");
    }
    if (disk.getUsableSpace() < limits.minFreeBytes()) {
      throw new IOException(
          "Expected %d bytes to stay free on the disk, found that the model leaves less"
              .formatted(limits.minFreeBytes()));
    }
  }
}
