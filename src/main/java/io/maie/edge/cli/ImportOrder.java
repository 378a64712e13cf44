package io.maie.edge.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model to copy into the installation, as typed.
 *
 * @param source a published model's folder, or a zip archive of it
 * @param name the name of the installed model
 * @param license of its weights; null = as its files say
 */
public record ImportOrder(Path source, String name, @Nullable String license) {}
