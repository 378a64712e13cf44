package io.maie.edge.asr;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.result.FilterIdentity;
import java.io.IOException;
import java.util.Optional;

/** Removes from a transcript what nobody said. Used by one thread at a time. */
public interface TranscriptFilter {

  /**
   * {@code recognition} without the segments that nobody said; those are added to the removed ones.
   * Segments that stay are not changed and keep their order.
   *
   * @param options the options of the recogniser
   * @param audio the recording, for evidence
   * @throws IOException if the recording cannot be read
   */
  Recognition apply(Recognition recognition, RecognitionOptions options, SampleSource audio)
      throws IOException;

  /** For the result; empty if nothing is ever removed. */
  Optional<FilterIdentity> identity();

  /** Removes nothing. */
  static TranscriptFilter disabled() {
    return Disabled.INSTANCE;
  }

  /** Removes nothing. */
  enum Disabled implements TranscriptFilter {
    INSTANCE;

    @Override
    public Recognition apply(
        Recognition recognition, RecognitionOptions options, SampleSource audio) {
      return recognition;
    }

    @Override
    public Optional<FilterIdentity> identity() {
      return Optional.empty();
    }
  }
}
