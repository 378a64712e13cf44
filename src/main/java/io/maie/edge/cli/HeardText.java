package io.maie.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Parts of a published document that an evaluation needs.
 *
 * @param model the folder of the model that recognised it
 * @param processingSeconds of the whole program
 */
record HeardText(String text, String model, double audioSeconds, double processingSeconds) {

  static HeardText read(Path document) throws IOException {
    JsonNode root = PublishedJson.read(document);
    JsonNode metrics = root.path("metrics");
    return new HeardText(
        root.path("results").path("raw_transcript").asText(),
        root.path("versions").path("asr_backend").path("name").asText(),
        metrics.path("input_duration_seconds").asDouble(),
        metrics.path("processing_time_seconds").asDouble());
  }
}
