package io.maie.edge.text.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody has to do.
 *
 * @param task for example "write the application"
 * @param person null if the transcript names nobody
 * @param due when, as said; null if the transcript does not tell
 */
record ActionItem(
    @JsonProperty("task") String task,
    @JsonProperty("person") @Nullable String person,
    @JsonProperty("due") @Nullable String due) {}
