/**
 * Counters, timers, the status record, the {@code Check} interface behind start-up checks, {@code
 * health} and {@code doctor}.
 */
@NullMarked
package io.maie.edge.telemetry;

import org.jspecify.annotations.NullMarked;
