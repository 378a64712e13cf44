package io.maie.edge.config;

import io.maie.edge.asr.hallucination.HallucinationPatterns;
import io.maie.edge.asr.hallucination.PatternReader;
import io.maie.edge.schema.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files {@code patterns/*.yaml} in the configuration folders. They add up; of several with the
 * same name, the one in the strongest folder takes the place of the others.
 */
final class PatternFiles {
  private static final String FOLDER = "patterns";
  private static final String SUFFIX = ".yaml";

  /** Longer files are read this far, which is enough to refuse them. */
  private static final int MOST_BYTES = 2 << 20;

  private final PatternReader reader = new PatternReader();
  private final List<Problem> problems = new ArrayList<>();

  private PatternFiles() {}

  /**
   * Reads the files of all folders.
   *
   * @param configFolders strongest first; may not exist
   */
  static PatternFiles read(List<Path> configFolders) {
    PatternFiles files = new PatternFiles();
    SortedMap<String, Path> found = new TreeMap<>();
    configFolders.forEach(folder -> files.list(folder.resolve(FOLDER), found));
    found.forEach(files::read);
    return files;
  }

  HallucinationPatterns patterns() {
    return reader.patterns();
  }

  List<Problem> problems() {
    return Stream.concat(problems.stream(), reader.problems().stream()).toList();
  }

  private void list(Path folder, SortedMap<String, Path> found) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
              found.putIfAbsent(name, file);
            }
          });
    } catch (IOException e) {
      problems.add(new Problem(folder.toString(), "", "the folder cannot be read: " + e));
    }
  }

  private void read(String name, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      reader.add(name, file.toString(), in.readNBytes(MOST_BYTES));
    } catch (IOException e) {
      problems.add(new Problem(file.toString(), "", "the file cannot be read: " + e));
    }
  }
}
