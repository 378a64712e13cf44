/** Scores summaries of transcripts against what people wrote. */
@NullMarked
package io.maie.edge.text.evaluation;

import org.jspecify.annotations.NullMarked;
