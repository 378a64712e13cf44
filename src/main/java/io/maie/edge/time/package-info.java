/** The clock, the ticker and the sleeper that everything else is given. */
@NullMarked
package io.maie.edge.time;

import org.jspecify.annotations.NullMarked;
