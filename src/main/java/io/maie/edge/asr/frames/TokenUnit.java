package io.maie.edge.asr.frames;

/** Unit of text that one token of a model stands for. */
public enum TokenUnit {
  /** Letters, with a blank or {@code |} between words, or ideographs without. */
  CHAR,
  /** SentencePiece units; a lower one eighth block begins a word. */
  BPE
}
