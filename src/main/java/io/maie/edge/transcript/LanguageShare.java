package io.maie.edge.transcript;

/**
 * Share of one language in what was said.
 *
 * @param code ISO 639-1 where it exists, lower case
 * @param share of the length of all segments, above 0, at most 1
 */
public record LanguageShare(String code, double share) {}
