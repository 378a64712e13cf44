package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

/**
 * A word that a decoder found.
 *
 * @param firstFrame frame in which its first token begins
 * @param endFrame one past the last frame of its last token
 * @param probability mean over its tokens of the token's highest posterior, 0 to 1
 */
public record DecodedWord(String text, int firstFrame, int endFrame, double probability) {

  public DecodedWord {
    requireNonNull(text, "text is null");
    if (firstFrame < 0 || endFrame <= firstFrame) {
      throw new IllegalArgumentException(
          "expected 0 <= first < end, found " + firstFrame + " and " + endFrame);
    }
  }
}
