package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

/**
 * How much of what was said is in one language.
 *
 * @param code ISO 639-1 where it exists, lower case
 * @param share of the length of all segments, above 0, at most 1
 */
public record LanguageShare(String code, double share) {

  public LanguageShare {
    requireNonNull(code, "code is null");
  }
}
