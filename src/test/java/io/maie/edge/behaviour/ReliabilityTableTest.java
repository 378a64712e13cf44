package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds docs/RELIABILITY.md to the test classes that it names. */
final class ReliabilityTableTest {
  private static final Path TABLE = Path.of("docs/RELIABILITY.md");
  private static final Path TESTS = Path.of("src/test/java");

  /** The number of scenarios of each kind. */
  private static final Map<String, Integer> SCENARIOS =
      Map.of("A", 19, "N", 9, "S", 9, "C", 11, "D", 13, "O", 10);

  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]\\d+) \\|(.*)\\|(.*)\\|(.*)\\|(.*)\\|");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

  /** A test of any kind, or a class that inherits its tests. */
  private static final Pattern TESTING = Pattern.compile("@\\w*Test\\b|@TestFactory| extends ");

  private final List<Row> rows = new ArrayList<>();

  /** A scenario; {@code shownBy} names test classes, or methods of them. */
  private record Row(String id, String result, String shownBy, String missing) {}

  @BeforeEach
  void read() throws IOException {
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(
            new Row(
                row.group(1), row.group(3).strip(), row.group(4).strip(), row.group(5).strip()));
      }
    }
  }

  @Test
  void everyScenarioHasItsRow() {
    List<String> ids =
        SCENARIOS.entrySet().stream()
            .flatMap(
                kind -> IntStream.rangeClosed(1, kind.getValue()).mapToObj(n -> kind.getKey() + n))
            .toList();

    assertThat(rows).extracting(Row::id).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void coveredRowsNameTestsAndOtherRowsNameTheGap() {
    assertThat(rows).extracting(Row::result).isSubsetOf("covered", "partly", "open");
    for (Row row : rows) {
      assertThat(row.shownBy().isEmpty()).as(row.id()).isEqualTo(row.result().equals("open"));
      assertThat(row.missing().isEmpty()).as(row.id()).isEqualTo(row.result().equals("covered"));
    }
  }

  @Test
  void everyNamedTestExists() throws IOException {
    Map<String, String> sources = sources();
    List<String> unknown = new ArrayList<>();
    for (Row row : rows) {
      Matcher named = NAMED.matcher(row.shownBy());
      while (named.find()) {
        String source = sources.getOrDefault(named.group(1), "");
        boolean isThere =
            named.group(2) == null
                ? TESTING.matcher(source).find()
                : source.contains("void " + named.group(2) + "(");
        if (!isThere) {
          unknown.add(row.id() + " " + named.group());
        }
      }
    }

    assertThat(unknown).isEmpty();
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  ReliabilityTableTest::text,
                  String::concat));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
