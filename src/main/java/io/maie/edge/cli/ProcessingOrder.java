package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.ParameterLayer;
import java.nio.file.Path;

/**
 * Order to process recordings directly.
 *
 * @param parameters the typed parameters, to be laid over the settings
 * @param output the folder for results; existing files are never overwritten
 */
public record ProcessingOrder(ParameterLayer parameters, Path output) {
  public ProcessingOrder {
    requireNonNull(parameters, "parameters is null");
    requireNonNull(output, "output is null");
  }
}
