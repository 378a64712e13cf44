/** Check that a container's bytes are all there. */
@NullMarked
package io.maie.edge.audio.container;

import org.jspecify.annotations.NullMarked;
