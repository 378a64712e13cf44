/** Tests of correcting transcripts with a language model. */
@NullMarked
package io.maie.edge.text.correct;

import org.jspecify.annotations.NullMarked;
