package io.maie.edge.asr.hallucination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The pattern file that ships, and sentences to hold against it. */
final class ShippedPatterns {
  private static final Path FILE = Path.of("config", "patterns", "hallucinations.yaml");

  private ShippedPatterns() {}

  static HallucinationPatterns read() {
    try {
      PatternReader reader = new PatternReader();
      reader.add(FILE.getFileName().toString(), FILE.toString(), Files.readAllBytes(FILE));
      assertThat(reader.problems()).isEmpty();
      return reader.patterns();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a test resource, without comments, split at the bars. */
  static List<List<String>> table(String name) {
    try (InputStream resource =
        ShippedPatterns.class.getResourceAsStream("/hallucination/" + name)) {
      return new String(Objects.requireNonNull(resource, name).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split("[|]")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
