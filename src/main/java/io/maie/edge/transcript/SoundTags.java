package io.maie.edge.transcript;

/**
 * Tags that a model gives to the sound of speech beside its words, in the model's own words.
 *
 * @param emotion such as {@code HAPPY}; empty if it is not told
 * @param event a kind of sound, such as {@code Speech} or {@code BGM}; empty if it is not told
 */
public record SoundTags(String emotion, String event) {

  /** Nothing is told. */
  public static final SoundTags NONE = new SoundTags("", "");
}
