/** Any supported file to 16 kHz mono samples, through the ffmpeg program. */
@NullMarked
package io.maie.edge.audio.decode;

import org.jspecify.annotations.NullMarked;
