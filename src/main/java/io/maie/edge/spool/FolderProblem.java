package io.maie.edge.spool;

import io.maie.edge.failure.FailureCode;

/**
 * A problem that keeps a folder from being used now.
 *
 * @param message what was expected and what was found
 * @param hint what a person can do
 */
public record FolderProblem(FailureCode code, String message, String hint) {}
