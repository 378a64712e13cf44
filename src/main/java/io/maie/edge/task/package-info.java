/**
 * The life of one recording: claim, run the pipeline, publish or quarantine, checkpoints, attempts,
 * recovery after a crash.
 */
@NullMarked
package io.maie.edge.task;

import org.jspecify.annotations.NullMarked;
