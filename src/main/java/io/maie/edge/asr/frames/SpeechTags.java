package io.maie.edge.asr.frames;

/**
 * Tags that a model gives to a whole window beside its words.
 *
 * @param language ISO 639-1 where it exists; empty if the model does not tell
 * @param emotion in the model's own word; empty if the model does not tell
 * @param event a kind of sound, in the model's own word; empty if the model does not tell
 */
public record SpeechTags(String language, String emotion, String event) {

  /** Tags of models that return words only. */
  public static final SpeechTags NONE = new SpeechTags("", "", "");
}
