package io.maie.edge.evaluation;

import static java.util.Objects.requireNonNull;

/**
 * A recording whose words are known.
 *
 * @param file its name below the folder of the manifest
 * @param language ISO 639-1
 * @param condition in a few words, such as {@code telephone}; may be empty
 * @param isScored whether the reference is good enough to count errors by it
 * @param isDerived whether it was computed from another recording
 */
public record ReferenceClip(
    String file,
    String language,
    String condition,
    String reference,
    boolean isScored,
    boolean isDerived) {

  public ReferenceClip {
    requireNonNull(file, "file is null");
    requireNonNull(language, "language is null");
    requireNonNull(condition, "condition is null");
    requireNonNull(reference, "reference is null");
  }
}
