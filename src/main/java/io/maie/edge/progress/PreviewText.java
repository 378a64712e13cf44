package io.maie.edge.progress;

import static java.util.Objects.requireNonNull;

/**
 * Recognised text for those who follow a recording; the result may still change it.
 *
 * @param startSeconds from the beginning of the recording
 * @param endSeconds from the beginning of the recording
 */
public record PreviewText(double startSeconds, double endSeconds, String text) {
  public PreviewText {
    requireNonNull(text, "text is null");
  }
}
