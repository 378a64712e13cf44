package io.maie.edge.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The installation that a command is about, as typed; what is null follows from the environment and
 * the installation.
 *
 * @param home the folder that holds inbox, outbox and the others
 * @param config the settings file
 * @param profile {@code edge}, {@code edge_small} or {@code development}
 */
public record InstallationChoice(
    @Nullable Path home, @Nullable Path config, @Nullable String profile) {

  /** Nothing was typed. */
  public static final InstallationChoice DEFAULT = new InstallationChoice(null, null, null);
}
