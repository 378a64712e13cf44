package io.maie.edge.text.model;

/**
 * Tokens of a text whose tokenizer is not at hand, rather too many: common vocabularies of 32,000
 * pieces and more need one token for 3.5 to 4.5 letters of English, and up to one for each letter
 * outside ASCII.
 */
public final class TokenEstimate {
  private static final double PER_ASCII = 1 / 3.2;
  private static final double PER_OTHER = 0.9;

  private TokenEstimate() {}

  /** The estimate for {@code text}, 0 or more. */
  public static int of(String text) {
    long ascii = text.codePoints().filter(character -> character < 0x80).count();
    long others = text.codePoints().count() - ascii;
    return (int) Math.ceil(ascii * PER_ASCII + others * PER_OTHER);
  }
}
