package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/SECURITY.md to the tests that it names. */
final class SecurityTableTest {
  private static final Path TABLE = Path.of("docs", "SECURITY.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern ROW = Pattern.compile("\\| (API\\d+) \\|.*\\|([^|]*)\\|");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  @Test
  void everyRiskNamesTestsThatExist() throws IOException {
    List<String> risks = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        risks.add(row.group(1));
        Matcher named = NAMED.matcher(row.group(2));
        int count = 0;
        for (; named.find(); count++) {
          String method = named.group(2) == null ? "class " : "void " + named.group(2) + "(";
          if (!source(named.group(1)).contains(method)) {
            missing.add(named.group());
          }
        }
        assertThat(count).as(line).isPositive();
      }
    }

    assertThat(missing).isEmpty();
    assertThat(risks)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10).mapToObj(n -> "API" + n).toList());
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(path -> path.endsWith(test + ".java")).toList()) {
        return Files.readString(file);
      }
    }
    return "";
  }
}
