package io.maie.edge.asr.whisper;

/** Kind of end of a chunk, which decides what becomes of its last words and of what has none. */
enum ChunkEnd {
  /** In the middle of what is said: the last words are heard again with what follows. */
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
