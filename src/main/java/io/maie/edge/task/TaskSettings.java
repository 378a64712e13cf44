package io.maie.edge.task;

import io.maie.edge.request.RecordingParameters;

/**
 * Settings of tasks. A task keeps the settings it began with.
 *
 * @param defaults the parameters of a recording that brings none
 */
public record TaskSettings(RecordingParameters defaults, TaskLimits limits) {

  public static final TaskSettings DEFAULTS =
      new TaskSettings(RecordingParameters.DEFAULTS, TaskLimits.DEFAULTS);
}
