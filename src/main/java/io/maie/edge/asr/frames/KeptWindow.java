package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import io.maie.edge.transcript.Word;
import java.util.List;

/**
 * What is kept of a window that was heard.
 *
 * @param words in order of time, with their times in the recording
 */
record KeptWindow(List<Word> words, SpeechTags tags) {

  KeptWindow {
    words = List.copyOf(words);
    requireNonNull(tags, "tags is null");
  }
}
