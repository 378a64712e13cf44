/** Waveforms, PCM files and spans of time as values. */
@NullMarked
package io.maie.edge.audio;

import org.jspecify.annotations.NullMarked;
