package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import org.jspecify.annotations.Nullable;

/**
 * A recognised word.
 *
 * @param span its place in the recording
 * @param text without surrounding blanks
 * @param probability 0 to 1
 * @param estimated whether the span is only a guess from the segment's
 * @param speaker its speaker; null if it is not known
 */
public record Word(
    SampleSpan span,
    String text,
    double probability,
    boolean estimated,
    @Nullable SpeakerLabel speaker) {

  public Word {
    requireNonNull(span, "span is null");
    requireNonNull(text, "text is null");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("expected a probability of 0 to 1, found " + probability);
    }
  }

  /** A word of whom nobody knows. */
  public Word(SampleSpan span, String text, double probability, boolean estimated) {
    this(span, text, probability, estimated, null);
  }

  /** A word whose time the model knows. */
  public Word(SampleSpan span, String text, double probability) {
    this(span, text, probability, false);
  }

  /** The same word, written differently. */
  public Word withText(String other) {
    return new Word(span, other, probability, estimated, speaker);
  }

  /** The same word, said by {@code other}. */
  public Word withSpeaker(@Nullable SpeakerLabel other) {
    return new Word(span, text, probability, estimated, other);
  }
}
