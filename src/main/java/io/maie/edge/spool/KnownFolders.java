package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.NameProbe;
import io.maie.edge.durable.NameRules;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on which disks the folders of the spool lay, also across restarts, and hands out their
 * identities. Thread-safe.
 *
 * <p>File contract: {@code state/folders} holds a line for each folder, replaced as a whole. If it
 * is missing or damaged, the next start accepts the folders that it finds.
 */
public final class KnownFolders {
  static final String FILE_NAME = "folders";

  private static final Logger LOG = LoggerFactory.getLogger(KnownFolders.class);
  private static final int FIELDS = 4;

  private final @Nullable Path file;
  private final MountTable mounts;
  private final NameTrial names;
  private final @Nullable Path home;

  /** The roles of folders that must not lie on the disk of the system or of the state folder. */
  private final Set<String> onDisks;

  /** By role; guarded by this. */
  private @Nullable Map<String, Known> known;

  KnownFolders(@Nullable Path state, MountTable mounts, NameTrial names) {
    this(state, mounts, names, Set.of());
  }

  KnownFolders(@Nullable Path state, MountTable mounts, NameTrial names, Set<String> onDisks) {
    this.onDisks = Set.copyOf(onDisks);
    this.file = state == null ? null : state.resolve(FILE_NAME);
    this.mounts = requireNonNull(mounts, "mounts is null");
    this.names = requireNonNull(names, "names is null");
    this.home = state == null ? null : mounts.mountPointOf(state);
  }

  /**
   * A folder as it was used last.
   *
   * @param mountPoint of the disk on which it lay
   * @param mark content of its marker; empty if it had none
   */
  record Known(Path folder, Path mountPoint, String mark) {}

  /**
   * The folders that the state folder remembers.
   *
   * @param onDisks the roles of folders that must lie on a disk of their own
   */
  public static KnownFolders of(Path state, Set<String> onDisks) {
    return new KnownFolders(
        requireNonNull(state, "state is null"), MountTable.ofSystem(), NameProbe::rules, onDisks);
  }

  /** Remembers nothing beyond the process. */
  public static KnownFolders forgetful() {
    return new KnownFolders(null, MountTable.ofSystem(), NameProbe::rules);
  }

  /** The identity of the folder where recordings arrive. */
  public FolderIdentity inbox(Path folder) {
    return new FolderIdentity("inbox", FolderIdentity.INBOX_MARKER, folder, this);
  }

  /**
   * The identity of a folder to which we write.
   *
   * @param role its name for people, such as {@code outbox}
   */
  public FolderIdentity output(String role, Path folder) {
    return new FolderIdentity(role, FileNames.FOLDER_MARKER, folder, this);
  }

  /** Finds out which names a folder can hold. */
  @FunctionalInterface
  interface NameTrial {
    /** The rules; fails if nothing can be tried in {@code folder}. */
    NameRules rules(Path folder) throws IOException;
  }

  NameTrial names() {
    return names;
  }

  MountTable mounts() {
    return mounts;
  }

  /**
   * Returns whether a folder on the disk at {@code mountPoint} may be taken away from the state
   * folder.
   */
  boolean isElsewhere(Path mountPoint) {
    return home != null && !home.equals(mountPoint);
  }

  /** Returns whether the folder of that role must lie on a disk of its own and does not. */
  boolean lacksDisk(String role, Path folder) {
    if (!onDisks.contains(role)) {
      return false;
    }
    Path mountPoint = mounts.mountPointOf(folder);
    return mountPoint.getNameCount() == 0 || mountPoint.equals(home);
  }

  synchronized Optional<Known> find(String role, Path folder) {
    Known found = all().get(role);
    return found == null || !found.folder().equals(folder) ? Optional.empty() : Optional.of(found);
  }

  synchronized void remember(String role, Known folder) {
    if (folder.equals(all().put(role, folder)) || file == null) {
      return;
    }
    StringBuilder text = new StringBuilder();
    all()
        .forEach(
            (name, one) ->
                text.append(name)
                    .append('\t')
                    .append(one.folder().toUri())
                    .append('\t')
                    .append(one.mountPoint().toUri())
                    .append('\t')
                    .append(one.mark())
                    .append('\n'));
    try {
      DurableFiles.writeAtomically(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("Writing '{}' failed; the next start accepts every folder: {}", file, e.toString());
    }
  }

  private Map<String, Known> all() {
    Map<String, Known> folders = known;
    if (folders == null) {
      folders = file == null ? new LinkedHashMap<>() : read(file);
      known = folders;
    }
    return folders;
  }

  private static Map<String, Known> read(Path file) {
    Map<String, Known> folders = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] fields = line.split("\t", FIELDS);
        Path folder = Path.of(URI.create(fields[1]));
        folders.put(fields[0], new Known(folder, Path.of(URI.create(fields[2])), fields[3]));
      }
    } catch (NoSuchFileException e) {
      LOG.debug("'{}' is missing, as before the first start", file);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      LOG.warn("'{}' is damaged; all folders are accepted: {}", file, e.toString());
      folders.clear();
    }
    return folders;
  }
}
