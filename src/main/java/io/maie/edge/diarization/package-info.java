/** Finds who spoke when, and which speaker said which word. */
@NullMarked
package io.maie.edge.diarization;

import org.jspecify.annotations.NullMarked;
