package io.maie.edge.asr.seq2seq;

/** Meanings of tokens. */
public interface Vocabulary {

  /** The text of tokens, blanks at its beginning included; bytes that are no UTF-8 are U+FFFD. */
  String decode(int... tokens);

  /** The UTF-8 bytes of a token, which may be a part of a character; none if it is no text. */
  byte[] bytes(int token);
}
