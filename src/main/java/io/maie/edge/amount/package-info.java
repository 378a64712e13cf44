/** Bytes, durations and percentages as people read them. */
@NullMarked
package io.maie.edge.amount;

import org.jspecify.annotations.NullMarked;
