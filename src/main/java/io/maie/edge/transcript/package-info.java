/** Segments, words, tokens, turns, in samples. */
@NullMarked
package io.maie.edge.transcript;

import org.jspecify.annotations.NullMarked;
