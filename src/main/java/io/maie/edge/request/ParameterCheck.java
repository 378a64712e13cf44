package io.maie.edge.request;

import org.jspecify.annotations.Nullable;

/** Turns a value as written into the value that is meant, or says what is wrong with it. */
@FunctionalInterface
interface ParameterCheck {

  /**
   * The value meant. Whatever is returned is dropped if {@code findings} were added to.
   *
   * @param raw as {@link StrictDocument} gives it
   */
  @Nullable Object check(@Nullable Object raw, Findings findings);
}
