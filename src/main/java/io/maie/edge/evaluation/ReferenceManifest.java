package io.maie.edge.evaluation;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the table of recordings whose words are known: {@value #FILE_NAME} in UTF-8, columns
 * separated by tabs, their names in the first line, nothing quoted. {@code file} and {@code
 * reference} must be there; {@code language} (else English), {@code condition}, {@code wer} (other
 * than {@code yes} = not scored) and {@code derived_from} (not empty = computed from another) may.
 */
public final class ReferenceManifest {
  public static final String FILE_NAME = "manifest.tsv";

  private static final String FILE = "file";
  private static final String REFERENCE = "reference";
  private static final String SCORED = "yes";
  private static final String ENGLISH = "en";

  private ReferenceManifest() {}

  /**
   * The recordings, in the order of the table.
   *
   * @throws IOException if the table cannot be read, or lacks a column
   */
  public static List<ReferenceClip> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new IOException("Expected text in UTF-8: '" + file + "'", e);
    }
    List<String> names = lines.isEmpty() ? List.of() : columns(lines.get(0));
    if (!names.containsAll(List.of(FILE, REFERENCE))) {
      throw new IOException(
          "Expected the columns 'file' and 'reference', found %s: '%s'".formatted(names, file));
    }
    List<ReferenceClip> clips = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> values = columns(lines.get(i));
      boolean isBlank = lines.get(i).isBlank();
      if (!isBlank && values.size() != names.size()) {
        throw new IOException(
            "Expected %d columns, found %d: %s, line %d"
                .formatted(names.size(), values.size(), file, i + 1));
      }
      if (!isBlank) {
        clips.add(clip(row(names, values)));
      }
    }
    return List.copyOf(clips);
  }

  private static Map<String, String> row(List<String> names, List<String> values) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values.get(i));
    }
    return row;
  }

  private static ReferenceClip clip(Map<String, String> row) {
    return new ReferenceClip(
        row.getOrDefault(FILE, ""),
        row.getOrDefault("language", ENGLISH),
        row.getOrDefault("condition", ""),
        row.getOrDefault(REFERENCE, ""),
        row.getOrDefault("wer", SCORED).equals(SCORED),
        !row.getOrDefault("derived_from", "").isBlank());
  }

  private static List<String> columns(String line) {
    return Arrays.asList(line.split("\t", -1));
  }
}
