package io.maie.edge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Texts of the sample recordings, by file name. */
final class SampleTexts {
  private static final String FILE = "texts.tsv";

  private SampleTexts() {}

  /** Reads {@code texts.tsv} (name, voice, text); empty if there is none. */
  static Map<String, String> read(Path samples) throws IOException {
    Path file = samples.resolve(FILE);
    Map<String, String> texts = new HashMap<>();
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] columns = line.split("\t", -1);
        if (columns.length == 3) {
          texts.put(columns[0], columns[2]);
        }
      }
    }
    return texts;
  }
}
