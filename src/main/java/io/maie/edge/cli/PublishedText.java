package io.maie.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a published document that a person wants to see.
 *
 * @param dialogue the words of each speaker in turn, one line each; empty if speakers are not known
 * @param realTimeFactor processing time divided by audio duration; NaN if not given
 * @param warnings codes with their sentences
 */
record PublishedText(
    String transcript, List<String> dialogue, double realTimeFactor, List<String> warnings) {

  PublishedText {
    dialogue = List.copyOf(dialogue);
    warnings = List.copyOf(warnings);
  }

  static PublishedText read(Path document) throws IOException {
    JsonNode root = PublishedJson.read(document);
    List<String> warnings = new ArrayList<>();
    for (JsonNode warning : root.path("warnings")) {
      warnings.add(warning.path("code").asText() + ": " + warning.path("message").asText());
    }
    return new PublishedText(
        root.path("results").path("raw_transcript").asText(),
        Dialogue.of(root.path("results")),
        root.path("metrics").path("rtf").asDouble(Double.NaN),
        warnings);
  }
}
