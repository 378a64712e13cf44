package io.maie.edge.asr.whisper;

/**
 * Kind of end of a chunk; it decides if the last words, and sound without words, are heard again.
 */
enum ChunkEnd {
  /** In the middle of speech: the last words are heard again with the next chunk. */
  OPEN,
  /** With the recording, in which speech was not looked for. */
  LAST,
  /** With a window that is packed with speech, or where the language changes. */
  PACKED;

  /** Returns whether nothing follows that belongs to the last words. */
  boolean isComplete() {
    return this != OPEN;
  }
}
