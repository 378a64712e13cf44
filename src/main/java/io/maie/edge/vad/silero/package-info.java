/** The Silero family of voice activity models. */
@NullMarked
package io.maie.edge.vad.silero;

import org.jspecify.annotations.NullMarked;
