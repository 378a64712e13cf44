package io.maie.edge.request;

import java.util.Locale;

/** Something that a clean transcript changes only when asked. */
public enum Cleaning {
  /** Fillers and false starts are left out. */
  FILLERS,
  /** Numbers, dates, times and amounts are written in digits. */
  NUMBERS,
  /** Spoken commands such as "new line" become what they name. */
  COMMANDS;

  /** The word in parameters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
