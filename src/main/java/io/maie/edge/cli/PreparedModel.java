package io.maie.edge.cli;

import io.maie.edge.modelfile.ListedModel;

/**
 * Account of preparing a model for this machine.
 *
 * @param line the model as it is now
 * @param account an account of the work, one sentence; empty if there was nothing to do
 */
public record PreparedModel(ListedModel line, String account) {}
