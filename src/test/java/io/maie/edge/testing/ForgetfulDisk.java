package io.maie.edge.testing;

import static java.util.Objects.requireNonNull;

import io.maie.edge.testing.DiskRecorder.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model of what a power cut may leave on a disk after some calls.
 *
 * <p>The content of a file that was not flushed is gone. A changed name that was not flushed may be
 * gone, under three rules that journalling file systems keep: changes in one folder last in the
 * order in which they were made, a rename lasts in both folders or in neither, and a folder that
 * did not last takes its content with it.
 */
public final class ForgetfulDisk {
  private final List<Change> changes = new ArrayList<>();
  private final Map<Path, Node> now = new HashMap<>();

  /** A file or folder, whatever its names. */
  private static final class Node {
    private final boolean isFolder;
    private String content = "";
    private String flushed = "";

    Node(boolean isFolder) {
      this.isFolder = isFolder;
    }
  }

  /** Names that change together; a name without node is gone. */
  private static final class Change {
    private final Map<Path, @Nullable Node> names = new LinkedHashMap<>();
    private boolean isFlushed;

    boolean touches(Path folder) {
      return names.keySet().stream().anyMatch(name -> folder.equals(name.getParent()));
    }
  }

  /** A folder that has been there for long. */
  public void hasFolder(Path path) {
    change(Map.of(path, new Node(true))).isFlushed = true;
  }

  /** A file that has been there for long; its content one character per byte. */
  public void hasFile(Path path, String content) {
    Node node = new Node(false);
    node.content = content;
    node.flushed = content;
    change(Map.of(path, node)).isFlushed = true;
  }

  /** A file that has just arrived, of which nothing is flushed. */
  public void receives(Path path, String content) {
    Node node = new Node(false);
    node.content = content;
    change(Map.of(path, node)).isFlushed = true;
  }

  public void apply(Told told) {
    Node node = now.get(told.path());
    switch (told.call()) {
      case MAKE_FOLDER -> change(Map.of(told.path(), new Node(true)));
      case WRITE, OVERWRITE, APPEND -> write(told, node);
      case FLUSH -> known(node, told).flushed = known(node, told).content;
      case FLUSH_FOLDER ->
          changes.stream()
              .filter(change -> change.touches(told.path()))
              .forEach(change -> change.isFlushed = true);
      case RENAME -> {
        Map<Path, @Nullable Node> names = new LinkedHashMap<>();
        names.put(told.path(), null);
        names.put(told.target(), known(node, told));
        change(names);
      }
      case LINK -> change(Map.of(told.target(), known(node, told)));
      case DELETE -> {
        Map<Path, @Nullable Node> names = new LinkedHashMap<>();
        names.put(told.path(), null);
        change(names);
      }
    }
  }

  private void write(Told told, @Nullable Node node) {
    if (node == null) {
      node = new Node(false);
      change(Map.of(told.path(), node));
    }
    node.content = told.content();
  }

  private static Node known(@Nullable Node node, Told told) {
    if (node == null) {
      throw new IllegalStateException("a call on a file that nobody made: " + told);
    }
    return node;
  }

  private Change change(Map<Path, ? extends @Nullable Node> names) {
    Change change = new Change();
    change.names.putAll(names);
    changes.add(change);
    names.forEach(
        (name, node) -> {
          if (node == null) {
            now.remove(name);
          } else {
            now.put(name, node);
          }
        });
    return change;
  }

  /** The states that a power cut now may leave, each as its files (folders without content). */
  public Set<State> statesAfterPowerCut() {
    Set<State> states = new LinkedHashSet<>();
    List<Change> pending = changes.stream().filter(change -> !change.isFlushed).toList();
    for (int lasting = 0; lasting <= pending.size(); lasting++) {
      states.add(state(pending.subList(0, lasting)));
    }
    Set<Path> folders = new LinkedHashSet<>();
    pending.forEach(change -> change.names.keySet().forEach(name -> folders.add(name.getParent())));
    for (Path folder : folders) {
      List<Change> inFolder = pending.stream().filter(change -> change.touches(folder)).toList();
      for (int lasting = 1; lasting <= inFolder.size(); lasting++) {
        states.add(state(inFolder.subList(0, lasting)));
      }
    }
    return states;
  }

  private State state(List<Change> alsoLasting) {
    Map<Path, Node> names = new TreeMap<>();
    for (Change change : changes) {
      if (change.isFlushed || alsoLasting.contains(change)) {
        change.names.forEach(
            (name, node) -> {
              if (node == null) {
                names.remove(name);
              } else {
                names.put(name, node);
              }
            });
      }
    }
    names.keySet().removeIf(name -> !isReachable(name, names));
    Map<Path, Content> contents = new TreeMap<>();
    Map<Node, Path> first = new HashMap<>();
    names.forEach(
        (name, node) -> {
          Path other = first.putIfAbsent(node, name);
          contents.put(
              name, new Content(node.isFolder, node.isFolder ? null : other, node.flushed));
        });
    return new State(contents);
  }

  /** Folders that nobody made in the model are outside of it. */
  private boolean isReachable(Path name, Map<Path, Node> names) {
    Path folder = requireNonNull(name.getParent(), "a name is in a folder");
    boolean isModelled = changes.stream().anyMatch(change -> change.names.containsKey(folder));
    return !isModelled || (names.containsKey(folder) && isReachable(folder, names));
  }

  /**
   * Kind of entry with a name: a folder, another name for a file that has one already, or a file.
   */
  private record Content(boolean isFolder, @Nullable Path other, String bytes) {}

  /** A disk after a power cut. */
  public record State(Map<Path, ?> names) {

    /** Writes what lay below {@code old} to {@code fresh}. */
    public void restore(Path old, Path fresh) throws IOException {
      for (Map.Entry<Path, ?> entry : names.entrySet()) {
        Path path = fresh.resolve(old.relativize(entry.getKey()));
        Content content = (Content) entry.getValue();
        if (content.isFolder()) {
          Files.createDirectories(path);
        } else if (content.other() != null) {
          Files.createLink(path, fresh.resolve(old.relativize(content.other())));
        } else {
          Files.writeString(path, content.bytes(), StandardCharsets.ISO_8859_1);
        }
      }
    }
  }
}
