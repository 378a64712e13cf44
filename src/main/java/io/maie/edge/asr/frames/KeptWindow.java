package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import io.maie.edge.transcript.Word;
import java.util.List;

/**
 * Checkpointed part of a recognised window.
 *
 * @param words in order of time, with their times in the recording
 * @param isSkipped whether the window was left out, since the program crashed in it
 */
record KeptWindow(List<Word> words, SpeechTags tags, boolean isSkipped) {
  static final KeptWindow SKIPPED = new KeptWindow(List.of(), SpeechTags.NONE, true);

  KeptWindow {
    words = List.copyOf(words);
    requireNonNull(tags, "tags is null");
  }
}
