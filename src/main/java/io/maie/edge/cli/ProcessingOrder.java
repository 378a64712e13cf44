package io.maie.edge.cli;

import io.maie.edge.request.ParameterLayer;
import java.nio.file.Path;

/**
 * Order to process recordings directly.
 *
 * @param parameters the typed parameters, to be laid over the settings
 * @param output the folder for results; existing files are never overwritten
 */
public record ProcessingOrder(ParameterLayer parameters, Path output) {}
