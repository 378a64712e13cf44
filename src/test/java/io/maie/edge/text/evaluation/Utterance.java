package io.maie.edge.text.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a transcript.
 *
 * @param start seconds from the start of the recording
 * @param end seconds from the start of the recording
 * @param speaker {@code S1}, {@code S2}, …; null if only one person speaks
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Utterance(
    @JsonProperty("start") double start,
    @JsonProperty("end") double end,
    @JsonProperty("text") String text,
    @JsonProperty("speaker") @Nullable String speaker) {}
