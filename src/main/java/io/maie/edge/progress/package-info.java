/**
 * Progress, cancellation and checkpoint as small interfaces with disabled twins: the road by which
 * engines report and stop.
 */
@NullMarked
package io.maie.edge.progress;

import org.jspecify.annotations.NullMarked;
