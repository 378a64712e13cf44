package io.maie.edge.modelfile.hub;

import io.maie.edge.time.Sleeper;
import java.time.InstantSource;

/** The clock that a pull is dated by, and the sleeper that it waits with. */
public record HubTime(InstantSource clock, Sleeper sleeper) {}
