package io.maie.edge.request;

import io.maie.edge.schema.Findings;
import io.maie.edge.schema.StrictDocument;
import org.jspecify.annotations.Nullable;

/** Turns a written value into its meaning, or reports what is wrong with it. */
@FunctionalInterface
interface ParameterCheck {

  /**
   * The meaning of the value; the result is ignored if {@code findings} were added to.
   *
   * @param raw as {@link StrictDocument} gives it
   */
  @Nullable Object check(@Nullable Object raw, Findings findings);
}
