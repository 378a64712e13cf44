/** Makes a transcript readable: sentences, paragraphs, casing, punctuation, numbers, fillers. */
@NullMarked
package io.maie.edge.text.clean;

import org.jspecify.annotations.NullMarked;
