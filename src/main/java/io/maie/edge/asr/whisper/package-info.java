/** Whisper's encoder-decoder. */
@NullMarked
package io.maie.edge.asr.whisper;

import org.jspecify.annotations.NullMarked;
