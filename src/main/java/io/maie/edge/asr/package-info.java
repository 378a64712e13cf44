/** Speech to timed text. */
@NullMarked
package io.maie.edge.asr;

import org.jspecify.annotations.NullMarked;
