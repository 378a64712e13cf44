/** Texts made of a transcript by rules; the languages that have such rules. */
@NullMarked
package io.maie.edge.text;

import org.jspecify.annotations.NullMarked;
