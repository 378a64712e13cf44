package io.maie.edge.asr.frames;

/** What the tokens of a model are. */
public enum TokenUnit {
  /** Letters, with a blank or {@code |} between words, or ideographs without. */
  CHAR,
  /** SentencePiece units; a lower one eighth block begins a word. */
  BPE
}
