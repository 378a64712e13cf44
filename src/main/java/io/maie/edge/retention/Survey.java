package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.telemetry.StatusFiles;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at the folders and lists what lies in them. A file that vanishes or cannot be read
 * meanwhile is left out; links are listed nowhere.
 */
final class Survey {
  private static final String TEMPORARY = "\\.maie-.*\\.tmp";

  /** Text after the stem of a log that Logback has closed, or is about to compress. */
  private static final String CLOSED_LOG = "\\.\\d{4}-\\d{2}-\\d{2}\\.\\d+\\.log(\\.gz|\\d+\\.tmp)";

  private final RetentionFolders folders;
  private final Keep keep;
  private final List<StoredItem> items = new ArrayList<>();

  private Survey(RetentionFolders folders, Keep keep) {
    this.folders = requireNonNull(folders, "folders is null");
    this.keep = requireNonNull(keep, "keep is null");
  }

  static List<StoredItem> of(RetentionFolders folders, Keep keep) throws IOException {
    Survey survey = new Survey(folders, keep);
    survey.files(Area.ARCHIVE, folders.archive());
    survey.files(Area.FAILED, folders.failed());
    survey.files(Area.RESULTS, folders.outbox());
    survey.temporaries(folders.state());
    survey.leftovers();
    survey.storedResults();
    survey.logs();
    return List.copyOf(survey.items);
  }

  private void files(Area area, Path root) throws IOException {
    for (StoredItem item : filesBelow(area, root)) {
      if (!isOurs(item)) {
        add(isTemporary(item.path()) ? as(Area.TEMPORARIES, item) : item);
      }
    }
  }

  /** The status, which is as old as the last change and still true, or what belongs to a folder. */
  private static boolean isOurs(StoredItem item) {
    return Stream.of(StatusFiles.TEXT_NAME, FileNames.FOLDER_MARKER, FileNames.FOLDER_RESERVE)
        .map(item.root()::resolve)
        .anyMatch(item.path()::equals);
  }

  private void temporaries(Path root) throws IOException {
    for (StoredItem item : filesBelow(Area.TEMPORARIES, root)) {
      if (isTemporary(item.path())) {
        add(item);
      }
    }
  }

  private static boolean isTemporary(Path path) {
    return path.getFileName().toString().matches(TEMPORARY);
  }

  private static StoredItem as(Area area, StoredItem item) {
    return new StoredItem(area, item.root(), item.path(), item.bytes(), item.lastChanged());
  }

  private void leftovers() throws IOException {
    if (!Files.isDirectory(folders.work())) {
      return;
    }
    Path root = folders.work().toRealPath();
    try (var entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          add(asOne(root, entry));
        }
      }
    }
  }

  private void storedResults() throws IOException {
    Path results = folders.state().resolve(RetentionFolders.STORED_RESULTS);
    if (!Files.isDirectory(results)) {
      return;
    }
    Path root = results.toRealPath();
    try (var entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          boolean isOfApi =
              Files.exists(entry.resolve(RetentionFolders.API_MARK), LinkOption.NOFOLLOW_LINKS);
          Area area = isOfApi ? Area.API_RESULTS : Area.STORED_RESULTS;
          // not the age of its files: they share their content with those in the outbox
          add(new StoredItem(area, root, entry, bytesBelow(area, entry), lastChanged(entry)));
        }
      }
    }
  }

  private static long bytesBelow(Area area, Path folder) throws IOException {
    return filesBelow(area, folder).stream().mapToLong(StoredItem::bytes).sum();
  }

  private static StoredItem asOne(Path root, Path folder) throws IOException {
    long bytes = 0;
    Instant latest = lastChanged(folder);
    for (StoredItem item : filesBelow(Area.LEFTOVERS, folder)) {
      bytes += item.bytes();
      latest = item.lastChanged().isAfter(latest) ? item.lastChanged() : latest;
    }
    return new StoredItem(Area.LEFTOVERS, root, folder, bytes, latest);
  }

  /** Nothing but closed logs: the operator may keep the log in a folder of other things. */
  private void logs() throws IOException {
    Path root = folders.log().resolveSibling("");
    String stem = folders.log().getFileName().toString().replaceFirst("\\.log$", "");
    Pattern closed = Pattern.compile(Pattern.quote(stem) + CLOSED_LOG);
    for (StoredItem item : new RegularFiles(Area.LOGS, root).downTo(1)) {
      if (closed.matcher(item.path().getFileName().toString()).matches()) {
        add(item);
      }
    }
  }

  private void add(StoredItem item) {
    if (!keep.keeps(item.area(), item.path())) {
      items.add(item);
    }
  }

  private static List<StoredItem> filesBelow(Area area, Path root) throws IOException {
    return new RegularFiles(area, root).downTo(Integer.MAX_VALUE);
  }

  /** Lists the regular files of a folder that is walked. */
  private static final class RegularFiles extends SimpleFileVisitor<Path> {
    private final Area area;
    private final List<StoredItem> found = new ArrayList<>();
    private Path root;

    RegularFiles(Area area, Path root) {
      this.area = area;
      this.root = root;
    }

    List<StoredItem> downTo(int depth) throws IOException {
      if (Files.isDirectory(root)) {
        root = root.toRealPath();
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), depth, this);
      }
      return found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !file.getFileName().toString().equals(".gitkeep")) {
        try {
          found.add(new StoredItem(area, root, file, attributes.size(), lastChanged(file)));
        } catch (IOException e) {
          // vanished since it was listed: nothing to delete
          return FileVisitResult.CONTINUE;
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  static Instant lastChanged(Path path) throws IOException {
    Instant modified = time(path, "lastModifiedTime");
    Instant changed = time(path, "ctime");
    return modified.isAfter(changed) ? modified : changed;
  }

  private static Instant time(Path path, String attribute) throws IOException {
    Object time = Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    return ((FileTime) requireNonNull(time, attribute)).toInstant();
  }
}
