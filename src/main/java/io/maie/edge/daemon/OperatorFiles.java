package io.maie.edge.daemon;

import io.maie.edge.task.FailedRecordings;
import io.maie.edge.task.PauseSwitch;
import io.maie.edge.task.RequestFolder;

/** The files through which operators speak to the daemon. */
public record OperatorFiles(RequestFolder requests, PauseSwitch pause, FailedRecordings failed) {}
