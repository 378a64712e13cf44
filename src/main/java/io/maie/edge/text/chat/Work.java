package io.maie.edge.text.chat;

/** Work that a template may cause, so that none runs for ever or fills the memory. */
final class Work {
  /** Templates of chats take some hundred steps for each message. */
  private static final int MOST_STEPS = 200_000;

  /** Characters and items in all values that are made. */
  private static final long MOST_ITEMS = 64_000_000;

  private int steps;
  private long items;

  /** Counts the step of a loop. */
  void step() throws ChatTemplateException {
    steps++;
    if (steps > MOST_STEPS) {
      throw new ChatTemplateException("the template takes more than " + MOST_STEPS + " steps");
    }
  }

  /** Counts a value that was made, by its size, and returns it. */
  <T> T made(T value) throws ChatTemplateException {
    items += Values.size(value);
    if (items > MOST_ITEMS) {
      throw new ChatTemplateException("the template makes values that are too large");
    }
    return value;
  }
}
