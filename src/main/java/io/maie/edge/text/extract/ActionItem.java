package io.maie.edge.text.extract;

import org.jspecify.annotations.Nullable;

/**
 * Something that somebody has to do.
 *
 * @param person a name, or the id of a speaker; null if nobody is named
 * @param due as said; null if no time is given
 */
public record ActionItem(Statement task, @Nullable String person, @Nullable String due) {}
