package io.maie.edge.text.extract;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something that somebody has to do.
 *
 * @param person a name, or the id of a speaker; null if nobody is named
 * @param due as said; null if no time is given
 */
public record ActionItem(Statement task, @Nullable String person, @Nullable String due) {

  public ActionItem {
    requireNonNull(task, "task is null");
  }
}
