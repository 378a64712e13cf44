package io.maie.edge.text.chat;

/** Text that a template writes, of bounded length and work. */
final class Output {
  /** Far beyond the context of any model. */
  private static final int MOST_CHARACTERS = 8_000_000;

  private final StringBuilder text = new StringBuilder();
  private final Work work;

  Output(Work work) {
    this.work = work;
  }

  /** A text of its own that shares the limit of work. */
  Output sibling() {
    return new Output(work);
  }

  /**
   * Appends.
   *
   * @throws ChatTemplateException if the text grows too long
   */
  void write(String more) throws ChatTemplateException {
    if (text.length() + more.length() > MOST_CHARACTERS) {
      throw new ChatTemplateException(
          "the template writes more than " + MOST_CHARACTERS + " characters");
    }
    text.append(more);
  }

  Work work() {
    return work;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
