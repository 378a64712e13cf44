package io.maie.edge.task;

import io.maie.edge.time.Ticker;
import java.time.InstantSource;

/** Wall time for documents, monotonic time for limits. */
public record TaskClock(InstantSource wall, Ticker ticker) {}
