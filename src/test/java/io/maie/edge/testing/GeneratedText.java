package io.maie.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Text in the repository that is made from the code. {@code mvn test -Dmaie.rewrite=true} writes
 * it; without, a difference fails the test.
 */
public final class GeneratedText {
  private static final boolean REWRITES = Boolean.getBoolean("maie.rewrite");

  private GeneratedText() {}

  /** Holds a whole file to what it should be. */
  public static void file(Path file, String expected) throws IOException {
    if (REWRITES) {
      Files.writeString(file, expected, UTF_8);
    }
    assertThat(Files.readString(file, UTF_8)).as(advice(file)).isEqualTo(expected);
  }

  /**
   * Holds the lines between {@code <!-- name -->} and {@code <!-- /name -->} to what they should
   * be.
   */
  public static void part(Path file, String name, String expected) throws IOException {
    String text = Files.readString(file, UTF_8);
    String start = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->";
    assertThat(text).contains(start, end);
    int from = text.indexOf(start) + start.length();
    int to = text.indexOf(end);
    if (REWRITES) {
      Files.writeString(file, text.substring(0, from) + expected + text.substring(to), UTF_8);
      return;
    }
    assertThat(text.substring(from, to)).as(advice(file)).isEqualTo(expected);
  }

  private static String advice(Path file) {
    return file + " is made from the code: run mvn test -Dmaie.rewrite=true, then look at the diff";
  }
}
