package io.maie.edge.text.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The templates below several folders. Each is a folder {@code <id>/} with {@code schema.json},
 * {@code prompt.jinja}, {@code example.json} and perhaps {@code few-shots.json}. Among several with
 * the same id, the one in the strongest folder counts.
 *
 * <p>Folders whose name begins with a dot are no templates.
 */
public final class TemplateFolders {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private final List<Path> folders;

  /**
   * Templates of an installation.
   *
   * @param folders strongest first; may not exist
   */
  public TemplateFolders(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * Returns whether {@code id} can name a template: lower-case letters, digits, {@code _}; at most
   * 64.
   */
  public static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** All of them, read and checked, in order of their ids. */
  public List<CheckedTemplate> read() throws IOException {
    SortedMap<String, Path> found = new TreeMap<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          entries
              .filter(Files::isDirectory)
              .filter(entry -> !nameOf(entry).startsWith("."))
              .forEach(entry -> found.putIfAbsent(nameOf(entry), entry));
        }
      }
    }
    return found.entrySet().stream()
        .map(entry -> new TemplateReader(entry.getKey(), entry.getValue()).read())
        .toList();
  }

  /** The template with this id, read and checked; empty if there is none. */
  public Optional<CheckedTemplate> find(String id) {
    return isId(id)
        ? folders.stream()
            .map(folder -> folder.resolve(id))
            .filter(Files::isDirectory)
            .findFirst()
            .map(folder -> new TemplateReader(id, folder).read())
        : Optional.empty();
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
