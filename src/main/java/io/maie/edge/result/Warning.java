package io.maie.edge.result;

/**
 * A remark for readers of a result that is complete otherwise.
 *
 * @param stage the label of the stage it arose in
 * @param message a sentence for a person
 */
public record Warning(WarningCode code, String stage, String message) {}
