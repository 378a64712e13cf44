package io.maie.edge.asr.whisper;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A vocabulary of fifty texts and the timestamps of 30 s, for scripted hypotheses. */
final class TimedTokens {
  /** The timestamp of second 0; each further one is a step of 20 ms. */
  static final int FIRST_TIME = 100;

  static final WhisperTokens IDS =
      new WhisperTokens(
          FIRST_TIME + 1_501,
          50,
          51,
          52,
          OptionalInt.empty(),
          53,
          FIRST_TIME,
          new TreeMap<>(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          List.of(),
          OptionalInt.empty());

  private TimedTokens() {}
}
