package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Words and tags that a model recognised in one window.
 *
 * @param words in order of time
 */
public record HeardWindow(List<DecodedWord> words, SpeechTags tags) {

  public HeardWindow {
    words = List.copyOf(words);
    requireNonNull(tags, "tags is null");
  }

  /** Words of a model that says nothing else. */
  public HeardWindow(List<DecodedWord> words) {
    this(words, SpeechTags.NONE);
  }
}
