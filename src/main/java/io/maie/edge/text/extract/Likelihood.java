package io.maie.edge.text.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How likely a passage tells something that people would note, by a logistic regression over {@link
 * Traits}. The weights were learned from talks with references, by {@code make_summary_weights.py}
 * of the tests.
 */
enum Likelihood {
  DECISION,
  TASK;

  private static final String RESOURCE = "/text/weights.txt";
  private static final String CONSTANT = "constant";
  private static final Map<String, Double> WEIGHTS = read();

  /** 0 to 1. */
  double of(Map<String, Double> traits) {
    double sum = weight(CONSTANT);
    for (Map.Entry<String, Double> trait : traits.entrySet()) {
      sum += weight(trait.getKey()) * trait.getValue();
    }
    return 1 / (1 + Math.exp(-sum));
  }

  private double weight(String trait) {
    return WEIGHTS.getOrDefault(name().toLowerCase(Locale.ROOT) + " " + trait, 0.0);
  }

  private static Map<String, Double> read() {
    Map<String, Double> weights = new HashMap<>();
    try (InputStream stream =
            Objects.requireNonNull(Likelihood.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                int last = line.lastIndexOf(' ');
                weights.put(line.substring(0, last), Double.valueOf(line.substring(last + 1)));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(weights);
  }
}
