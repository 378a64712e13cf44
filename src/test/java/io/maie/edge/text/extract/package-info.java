/** Tests of finding decisions, tasks and dates in transcripts. */
@NullMarked
package io.maie.edge.text.extract;

import org.jspecify.annotations.NullMarked;
