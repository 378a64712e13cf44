/** Compares what a language model wrote with what was said. */
@NullMarked
package io.maie.edge.text.ground;

import org.jspecify.annotations.NullMarked;
