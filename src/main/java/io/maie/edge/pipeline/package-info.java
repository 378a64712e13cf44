/**
 * The order of the stages, what they hand over, and how long each took. Sees engines only as
 * interfaces.
 */
@NullMarked
package io.maie.edge.pipeline;

import org.jspecify.annotations.NullMarked;
