package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maie.edge.durable.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The results of samples that an earlier demo left in the outbox. */
final class SampleResults {
  private final Path outbox;

  SampleResults(Path outbox) {
    this.outbox = requireNonNull(outbox, "outbox is null");
  }

  /** The result of {@code sample}, recognised by name and checksum; empty if there is none. */
  Optional<RecordingOutcome> of(Path sample) throws IOException {
    String name = String.valueOf(sample.getFileName());
    Path document = outbox.resolve(name + ".json");
    return Files.isRegularFile(document) && sourceOf(document).equals(checksum(sample))
        ? Optional.of(new RecordingOutcome.Published(name, document))
        : Optional.empty();
  }

  private static String sourceOf(Path document) throws IOException {
    try {
      return PublishedJson.read(document).at("/source/sha256").asText();
    } catch (JsonProcessingException e) {
      // somebody else's file: the sample is transcribed beside it
      return "";
    }
  }

  /** Samples are small. */
  private static String checksum(Path sample) throws IOException {
    return Sha256.of(sample);
  }
}
