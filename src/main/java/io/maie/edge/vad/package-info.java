/** Finds where there is speech. */
@NullMarked
package io.maie.edge.vad;

import org.jspecify.annotations.NullMarked;
