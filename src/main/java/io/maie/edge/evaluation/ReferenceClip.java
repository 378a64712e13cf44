package io.maie.edge.evaluation;

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
    boolean isDerived) {}
