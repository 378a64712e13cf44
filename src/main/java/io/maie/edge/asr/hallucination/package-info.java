/** Finds what a recogniser wrote although nobody said it. */
@NullMarked
package io.maie.edge.asr.hallucination;

import org.jspecify.annotations.NullMarked;
