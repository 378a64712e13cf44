package io.maie.edge.asr.ctc;

/** What the tokens of a model are. */
enum TokenUnit {
  /** Letters, with a blank or {@code |} between words, or ideographs without. */
  CHAR,
  /** SentencePiece units; a lower one eighth block begins a word. */
  BPE
}
