package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of recognised speech.
 *
 * @param span its place in the recording
 * @param text without surrounding blanks
 * @param confidence 0 to 1
 * @param words in order; empty if the model gives none
 * @param scores null if the model gives none
 * @param speaker its speaker; null if it is not known
 * @param tags further statements of the model about it
 * @param language code of the language it is in; null if the model does not tell
 * @param channel number of the channel or audio track in which alone it was heard; null if all are
 *     heard together
 */
public record Segment(
    SampleSpan span,
    String text,
    double confidence,
    List<Word> words,
    @Nullable DecodingScores scores,
    @Nullable SpeakerLabel speaker,
    SoundTags tags,
    @Nullable String language,
    @Nullable Integer channel) {

  public Segment {
    requireNonNull(span, "span is null");
    requireNonNull(text, "text is null");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("expected a confidence of 0 to 1, found " + confidence);
    }
    words = List.copyOf(words);
    requireNonNull(tags, "tags is null");
  }

  /** A segment of a speaker who is not known. */
  public Segment(
      SampleSpan span,
      String text,
      double confidence,
      List<Word> words,
      @Nullable DecodingScores scores) {
    this(span, text, confidence, words, scores, null, SoundTags.NONE, null, null);
  }

  /** The same text, said by {@code other}. */
  public Segment withSpeaker(@Nullable SpeakerLabel other, List<Word> otherWords) {
    return new Segment(span, text, confidence, otherWords, scores, other, tags, language, channel);
  }

  /** The same text with what else the model says of it. */
  public Segment withTags(SoundTags other) {
    return new Segment(span, text, confidence, words, scores, speaker, other, language, channel);
  }

  /** The same text, in {@code code}. */
  public Segment withLanguage(@Nullable String code) {
    return new Segment(span, text, confidence, words, scores, speaker, tags, code, channel);
  }

  /** The same text, heard in the channel or audio track {@code number} alone. */
  public Segment inChannel(int number) {
    return new Segment(span, text, confidence, words, scores, speaker, tags, language, number);
  }

  /** A part of it, with its own words. */
  public Segment part(SampleSpan partSpan, String partText, List<Word> partWords) {
    return new Segment(
        partSpan, partText, confidence, partWords, scores, speaker, tags, language, channel);
  }

  /** A segment of a model that gives no scores. */
  public Segment(SampleSpan span, String text, double confidence, List<Word> words) {
    this(span, text, confidence, words, null);
  }
}
