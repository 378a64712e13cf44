package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Expected state of the files of one model: by its lock, and for files outside it by themselves.
 */
final class ExpectedFiles {
  private final Path folder;
  private final Checksums checksums;
  private final Optional<ModelLock> lock;

  private ExpectedFiles(Path folder, Checksums checksums, Optional<ModelLock> lock) {
    this.folder = requireNonNull(folder, "folder is null");
    this.checksums = requireNonNull(checksums, "checksums is null");
    this.lock = requireNonNull(lock, "lock is null");
  }

  /**
   * Reads {@code folder}'s lock, if it has one.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if that is damaged
   */
  static ExpectedFiles of(Path folder, Checksums checksums)
      throws ProcessingException, IOException {
    return new ExpectedFiles(folder, checksums, ModelLock.read(folder));
  }

  /** Expected state of the file {@code name}. */
  ListedFile describe(String name) throws IOException {
    Optional<ListedFile> pinned = lock.flatMap(each -> Optional.ofNullable(each.files().get(name)));
    return pinned.isPresent() ? pinned.get() : asItIs(folder.resolve(name));
  }

  private ListedFile asItIs(Path file) throws IOException {
    return new ListedFile(Files.size(file), checksums.of(file));
  }

  /** Expected states of several files, by their names. */
  SortedMap<String, ListedFile> describe(Collection<String> names) throws IOException {
    SortedMap<String, ListedFile> files = new TreeMap<>();
    for (String name : names) {
      files.put(name, describe(name));
    }
    return files;
  }

  /** The paths of all files in the folder and of those that are pinned, even if they are gone. */
  Set<String> names() throws IOException {
    Set<String> names = FilesOnDisk.names(folder);
    lock.ifPresent(pinned -> names.addAll(pinned.files().keySet()));
    return names;
  }

  /** The pinned files that {@code used} does not hold, such as graphs of other precisions. */
  SortedMap<String, ListedFile> besides(Map<String, ListedFile> used) {
    SortedMap<String, ListedFile> others =
        new TreeMap<>(lock.map(ModelLock::files).orElseGet(TreeMap::new));
    others.keySet().removeAll(used.keySet());
    return others;
  }

  boolean exist() {
    return lock.isPresent();
  }

  /** A short name; empty if it is not known. */
  String license() {
    return lock.map(pinned -> pinned.origin().license()).orElse("");
  }

  /** The licence of {@link #license()}, else the one on the model's card. */
  String license(ModelCard card) {
    return license().isEmpty() ? card.license() : license();
  }
}
