package io.maie.edge.cli;

import java.io.PrintStream;

/**
 * The streams that a command prints to. Names of recordings come from strangers: characters that
 * could move the cursor or reorder text are shown as question marks.
 *
 * @param out answers
 * @param err complaints and progress
 * @param interactive whether a person watches, so that a line may be drawn over
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {

  /** The terminal of this process; the launcher says whether a person watches. */
  public static Terminal system() {
    return new Terminal(System.out, System.err, Boolean.getBoolean("maie.terminal"));
  }

  void print(String line) {
    out.println(printable(line));
  }

  void complain(String line) {
    err.println(printable(line));
  }

  /** {@code text} without anything that a terminal obeys; line breaks stay. */
  static String printable(String text) {
    if (text.chars().noneMatch(Terminal::isCommand)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.chars().forEach(c -> shown.append(isCommand(c) ? '?' : (char) c));
    return shown.toString();
  }

  private static boolean isCommand(int c) {
    boolean reorders = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return reorders || (Character.isISOControl(c) && c != '\n');
  }
}
