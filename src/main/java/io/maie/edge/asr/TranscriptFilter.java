package io.maie.edge.asr;

import io.maie.edge.result.FilterIdentity;
import java.io.IOException;
import java.util.Optional;

/** Removes from a transcript what nobody said. Used by one thread at a time. */
public interface TranscriptFilter {

  /**
   * {@code recognition} without the segments that nobody said; those are added to the removed ones.
   * Segments that stay are not changed and keep their order.
   *
   * @param order the order of the recogniser, with the recording, for evidence
   * @throws IOException if the recording cannot be read
   */
  Recognition apply(Recognition recognition, SpeechOrder order) throws IOException;

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
    public Recognition apply(Recognition recognition, SpeechOrder order) {
      return recognition;
    }

    @Override
    public Optional<FilterIdentity> identity() {
      return Optional.empty();
    }
  }
}
