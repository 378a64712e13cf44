package io.maie.edge.text.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One reader's summary of a transcript. In dates, persons and due dates {@code " / "} separates
 * ways to write the same thing.
 *
 * @param summary 3 to 8 sentences
 */
record Reference(
    @JsonProperty("summary") List<String> summary,
    @JsonProperty("key_points") List<String> keyPoints,
    @JsonProperty("decisions") List<String> decisions,
    @JsonProperty("action_items") List<ActionItem> actionItems,
    @JsonProperty("questions") List<String> questions,
    @JsonProperty("dates") List<String> dates,
    @JsonProperty("numbers") List<String> numbers,
    @JsonProperty("names") List<String> names) {}
