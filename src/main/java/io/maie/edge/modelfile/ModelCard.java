package io.maie.edge.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Header of a model's {@code README.md}.
 *
 * @param license a short name; empty if it is not said
 * @param languages ISO 639-1 codes; empty if they are not said
 */
record ModelCard(String license, List<String> languages) {
  private static final ModelCard SILENT = new ModelCard("", List.of());
  private static final String FENCE = "---";

  /** A header is short; what follows is read by people. */
  private static final int MOST_BYTES = 1 << 16;

  private static final Pattern ENTRY = Pattern.compile("([a-z_]+):\\s*(.*)");
  private static final Pattern ITEM = Pattern.compile("\\s*-\\s+(.*)");
  private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");

  ModelCard {
    languages = List.copyOf(languages);
  }

  /** The card in {@code folder}; one that says nothing if there is none. */
  static ModelCard read(Path folder) throws IOException {
    Path file = folder.resolve("README.md");
    if (!Files.isRegularFile(file)) {
      return SILENT;
    }
    try (var in = Files.newInputStream(file)) {
      return parse(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    }
  }

  static ModelCard parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).strip().equals(FENCE)) {
      return SILENT;
    }
    String license = "";
    String name = "";
    List<String> languages = new ArrayList<>();
    String key = "";
    for (String line : lines.subList(1, lines.size())) {
      if (line.strip().equals(FENCE)) {
        break;
      }
      Matcher entry = ENTRY.matcher(line);
      Matcher item = ITEM.matcher(line);
      boolean isItem = item.matches() && key.equals("language");
      if (entry.matches()) {
        key = entry.group(1);
        String value = unquoted(entry.group(2));
        license = key.equals("license") ? value : license;
        name = key.equals("license_name") ? value : name;
        languages.addAll(key.equals("language") ? codes(value) : List.of());
      } else if (isItem) {
        languages.addAll(codes(item.group(1)));
      }
    }
    return new ModelCard(license.equals("other") && !name.isEmpty() ? name : license, languages);
  }

  private static List<String> codes(String value) {
    return Stream.of(value.replaceAll("[\\[\\]]", "").split(",", -1))
        .map(ModelCard::unquoted)
        .filter(code -> CODE.matcher(code).matches())
        .toList();
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("^[\"']|[\"']$", "");
  }
}
