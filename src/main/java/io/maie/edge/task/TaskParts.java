package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.pipeline.Pipeline;

/** Parts that a task needs on its way. */
public record TaskParts(
    TaskStore store,
    TaskPlaces places,
    Pipeline pipeline,
    Installation installation,
    ProcessIdentity process,
    FaultPoint faults) {

  public TaskParts {
    requireNonNull(store, "store is null");
    requireNonNull(places, "places is null");
    requireNonNull(pipeline, "pipeline is null");
    requireNonNull(installation, "installation is null");
    requireNonNull(process, "process is null");
    requireNonNull(faults, "faults is null");
  }
}
