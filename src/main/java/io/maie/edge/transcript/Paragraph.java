package io.maie.edge.transcript;

import static java.util.stream.Collectors.joining;

import io.maie.edge.audio.SampleSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sentences of one speaker that belong together.
 *
 * @param speaker such as {@code S1}; null if it is not known
 * @param sentences at least one, in order
 */
public record Paragraph(@Nullable String speaker, List<Sentence> sentences) {

  public Paragraph {
    sentences = List.copyOf(sentences);
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("sentences is empty");
    }
  }

  /** From the first sentence to the last. */
  public SampleSpan span() {
    long start = sentences.get(0).span().start();
    long end = sentences.stream().mapToLong(sentence -> sentence.span().end()).max().orElse(start);
    return new SampleSpan(start, end);
  }

  /** The sentences, joined by blanks. */
  public String text() {
    return sentences.stream().map(Sentence::text).collect(joining(" "));
  }
}
