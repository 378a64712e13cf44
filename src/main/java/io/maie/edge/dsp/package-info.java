/** Windows, transforms, filter banks: arithmetic on arrays, nothing else. */
@NullMarked
package io.maie.edge.dsp;

import org.jspecify.annotations.NullMarked;
