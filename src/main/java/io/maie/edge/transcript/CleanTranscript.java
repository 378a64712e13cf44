package io.maie.edge.transcript;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Transcript for reading: sentences with casing and punctuation, in paragraphs. */
public record CleanTranscript(List<Paragraph> paragraphs) {

  public CleanTranscript {
    paragraphs = List.copyOf(paragraphs);
  }

  /** The paragraphs without speakers, separated by an empty line; empty if nothing was said. */
  public String text() {
    return paragraphs.stream().map(Paragraph::text).collect(joining("\n\n"));
  }
}
