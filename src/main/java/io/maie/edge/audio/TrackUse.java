package io.maie.edge.audio;

/**
 * Use of one audio track of a file that has several.
 *
 * @param number from 1, among the audio tracks
 * @param title that the file gives it; empty if none
 * @param language that the file gives it; empty if none
 * @param isHeard whether it is part of the recognised sound
 * @param reason the reason for hearing it or leaving it out, in a few words
 */
public record TrackUse(int number, String title, String language, boolean isHeard, String reason) {

  /** Such as {@code 2 'Microphone' (eng)}. */
  public String name() {
    return number
        + (title.isEmpty() ? "" : " '" + title + "'")
        + (language.isEmpty() ? "" : " (" + language + ")");
  }
}
