package io.maie.edge.cli;

/**
 * Outcome of a repeated stage.
 *
 * @param outcome of the recording
 * @param heardAgain false if the recording was not at hand, so that only names are new
 */
public record RepeatedOutcome(RecordingOutcome outcome, boolean heardAgain) {}
