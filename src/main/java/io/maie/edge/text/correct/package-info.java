/** Corrects clean transcripts with a language model, sentence by sentence; each is checked. */
@NullMarked
package io.maie.edge.text.correct;

import org.jspecify.annotations.NullMarked;
