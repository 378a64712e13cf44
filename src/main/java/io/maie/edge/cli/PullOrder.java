package io.maie.edge.cli;

import org.jspecify.annotations.Nullable;

/**
 * A model to pull, as typed; what is null follows from the rest and the settings.
 *
 * @param model {@code NAME} or {@code OWNER/REPOSITORY}, with {@code @REVISION} or without
 * @param name the name of the installed model
 * @param variant of its graphs, such as {@code int8}
 * @param hub the address of the hub
 * @param license of its weights; null = as the hub says
 */
public record PullOrder(
    String model,
    @Nullable String name,
    @Nullable String variant,
    @Nullable String hub,
    @Nullable String license) {}
