package io.maie.edge.text.chat;

/** Values that stand for none. */
enum Absent {
  /** Jinja's {@code none}. */
  NONE,
  /** The value of a name that nobody has set. Empty in a text, an error where it is used. */
  UNDEFINED
}
