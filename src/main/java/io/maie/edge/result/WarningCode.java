package io.maie.edge.result;

/** Kind of warning in a result; stable words that consumers may test for. */
public enum WarningCode {
  INCOMPLETE_AUDIO(Cause.LASTING, "Sound that the container declares is missing."),
  TIMESTAMPS_IGNORED(
      Cause.LASTING,
      "The time stamps of the container contradict its sound, or tell players to leave some of it"
          + " out; all sound was kept and joined."),
  FORMAT_ASSUMED(
      Cause.LASTING,
      "The header of the file does not tell the rate or the channels of its sound; the likeliest"
          + " were assumed."),
  TRACKS_LEFT_OUT(Cause.LASTING, "The file has audio tracks that were not recognised."),
  TOO_QUIET(
      Cause.LASTING,
      "The recording is very quiet; its level was raised, and words may be lost in noise."),
  NO_SPEECH(
      Cause.LASTING,
      "No speech was found; the message says whether the recording is silent or too quiet."),
  CLIPPED(Cause.LASTING, "The recorder cut off loud sound at full scale."),
  DECODE_ERRORS(Cause.LASTING, "The decoder met damaged data and continued after it."),
  FEATURE_UNAVAILABLE(
      Cause.LASTING, "This installation cannot make something that was asked for; it was skipped."),
  ALL_TEXT_REMOVED(
      Cause.LASTING,
      "Everything that the recogniser wrote was removed as invented; it is listed under"
          + " `removed`."),
  UNHEARD_SPEECH(Cause.LASTING, "Some of what sounds like speech has no words in the transcript."),
  SPEECH_SKIPPED(
      Cause.PASSING,
      "The program crashed twice in the same stretch of speech, which was left out; the message"
          + " gives the times."),
  LOW_CONFIDENCE(Cause.LASTING, "The recogniser was unsure of most of what it wrote."),
  LITTLE_MEMORY(
      Cause.PASSING,
      "An earlier attempt ran out of memory; this one recognised with as little memory as"
          + " possible, and some words may be less exact."),
  VAD_FAILED(
      Cause.PASSING,
      "Voice activity detection failed; the whole recording was recognised instead."),
  DIARIZATION_FAILED(Cause.PASSING, "The speakers could not be found; the transcript has none."),
  CHANNELS_NOT_SPEAKERS(
      Cause.LASTING,
      "Channels were asked for as speakers, and there is one; voices told the speakers apart."),
  MANY_SPEAKERS(Cause.LASTING, "There may be more speakers than can be told apart."),
  TEXT_FAILED(
      Cause.PASSING,
      "The clean transcript or the summary could not be made; the transcript is complete."),
  SUMMARY_INCOMPLETE(
      Cause.LASTING,
      "The transcript does not hold what the template of the summary asks for; there is no"
          + " summary."),
  LANGUAGE_MODEL_LIMITED(
      Cause.PASSING,
      "The language model did only part of its work; the message says what rules did instead, or"
          + " what is missing."),
  LANGUAGE_UNSURE(
      Cause.LASTING,
      "The language was detected with a low probability; the text may be in a wrong one."),
  LANGUAGE_ASSUMED(
      Cause.LASTING,
      "No language was given, and the model knows one language only and is unsure of the text; the"
          + " recording may be in another language.");

  /** Duration of the cause, and so what another attempt on the same recording brings. */
  private enum Cause {
    /** Content, parameters or models: another attempt warns again. */
    LASTING,
    /** A fault of this attempt: another one may find what is missing. */
    PASSING
  }

  private final Cause cause;
  private final String sentence;

  WarningCode(Cause cause, String sentence) {
    this.cause = cause;
    this.sentence = sentence;
  }

  /** Returns whether another attempt may find what is missing. */
  public boolean isPassing() {
    return cause == Cause.PASSING;
  }

  /** One sentence that holds for every warning with this code. */
  public String sentence() {
    return sentence;
  }
}
