package io.maie.edge.progress;

/**
 * Recognised text for those who follow a recording; the result may still change it.
 *
 * @param startSeconds from the beginning of the recording
 * @param endSeconds from the beginning of the recording
 */
public record PreviewText(double startSeconds, double endSeconds, String text) {}
