package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

/**
 * The language that was spoken.
 *
 * @param code ISO 639-1 where it exists, lower case
 * @param probability 0 to 1; 1 if it was given, not detected
 */
public record Language(String code, double probability) {

  public Language {
    requireNonNull(code, "code is null");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("expected a probability of 0 to 1, found " + probability);
    }
  }
}
