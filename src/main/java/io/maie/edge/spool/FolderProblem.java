package io.maie.edge.spool;

import io.maie.edge.failure.FailureCode;

/**
 * A problem that keeps a folder from being used now.
 *
 * @param message a sentence with the expected and the found
 * @param hint advice to a person
 */
public record FolderProblem(FailureCode code, String message, String hint) {}
