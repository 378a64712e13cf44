package io.maie.edge.text.extract;

/**
 * A term and the sentence that explains it.
 *
 * @param term as it is said, without an article
 */
public record Definition(Statement term, Statement explanation) {}
