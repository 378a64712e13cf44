package io.maie.edge.text.constrain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Vocabularies of the shapes that models have. The last token of each is special. */
final class Vocabularies {
  /** Pieces that span several parts of a document, or are part of a character. */
  private static final List<String> SPANS =
      List.of(
          "\",\"",
          "\", \"",
          "\": \"",
          "\":\"",
          "\"}",
          "\"},{\"",
          "\"]",
          "\"],\"",
          "{\"",
          "[\"",
          "\":[",
          "\": [",
          "\":{",
          "},{",
          "}]",
          "]}",
          "}}",
          "null",
          "null,",
          ",null",
          "true",
          "false",
          "false}",
          "\\n",
          "\\\"",
          "\\\\",
          "\\u00",
          "  ",
          "    ",
          "        ",
          "\n",
          "\n  ",
          "\t",
          " \"",
          "\"\"",
          "[]",
          "{}",
          "[],\"",
          "-1",
          "0.",
          ".5",
          "1e5",
          "+1",
          "2026",
          "-0",
          "00",
          "T1",
          "Z\"");

  private Vocabularies() {}

  /** A token for each byte. */
  static List<byte[]> bytes() {
    List<byte[]> tokens = new ArrayList<>();
    for (int octet = 0; octet < 256; octet++) {
      tokens.add(new byte[] {(byte) octet});
    }
    tokens.add(new byte[0]);
    return tokens;
  }

  /** A token for each byte of ASCII, for common letters of other scripts, and for some words. */
  static List<byte[]> pieces() {
    List<byte[]> tokens = new ArrayList<>(bytes().subList(0, 128));
    "áàảãạăắằâấầđéèêếềíìóòôốồơệộÔớờúùưứừýỳßøñç€—“”漢字日本付😀\uFFFF\uDBFF\uDFFF"
        .codePoints()
        .forEach(letter -> tokens.add(Character.toString(letter).getBytes(UTF_8)));
    SPANS.forEach(span -> tokens.add(span.getBytes(UTF_8)));
    Stream.of(
            "the",
            " the",
            "ing",
            " và",
            "tóm",
            "tags\":[\"",
            "0123456789".repeat(3),
            "a".repeat(40))
        .forEach(word -> tokens.add(word.getBytes(UTF_8)));
    tokens.add(new byte[0]);
    return tokens;
  }

  /**
   * The commonest byte strings of the templates and their examples, which cut characters and span
   * quotes as those of real vocabularies do.
   *
   * @param size number of tokens, or fewer if the text has no more
   */
  static List<byte[]> common(int size) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("config", "templates"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        count(new String(Files.readAllBytes(file), ISO_8859_1), counts);
      }
    }
    Set<String> tokens = new LinkedHashSet<>();
    bytes().stream().limit(256).forEach(octet -> tokens.add(new String(octet, ISO_8859_1)));
    SPANS.forEach(span -> tokens.add(new String(span.getBytes(UTF_8), ISO_8859_1)));
    for (int number = 0; number < 1000; number++) {
      tokens.add(Integer.toString(number));
    }
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 2)
        .sorted(
            Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(size)
        .forEach(entry -> tokens.add(entry.getKey()));
    List<byte[]> bytes =
        new ArrayList<>(
            tokens.stream().limit(size - 1).map(token -> token.getBytes(ISO_8859_1)).toList());
    bytes.add(new byte[0]);
    return bytes;
  }

  private static void count(String text, Map<String, Integer> counts) {
    for (int from = 0; from < text.length(); from++) {
      for (int length = 2; length <= 8 && from + length <= text.length(); length++) {
        counts.merge(text.substring(from, from + length), 1, Integer::sum);
      }
    }
  }
}
