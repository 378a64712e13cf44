package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Shows the outcomes of recordings to a person; remarks appear once, at the end. */
final class OutcomePrinter {
  private final Terminal terminal;
  private final Set<String> notes = new LinkedHashSet<>();

  OutcomePrinter(Terminal terminal) {
    this.terminal = requireNonNull(terminal, "terminal is null");
  }

  /** Shows the transcript and its path, or the failure and advice. */
  void print(RecordingOutcome outcome) throws IOException {
    if (outcome instanceof RecordingOutcome.Published published) {
      print(published);
    } else if (outcome instanceof RecordingOutcome.Failed failed) {
      terminal.print(failed.name() + ": " + failed.code() + ": " + failed.message());
      terminal.print("  " + failed.hint());
    }
  }

  /** Prints each distinct warning of the results once. */
  void printNotes() {
    notes.forEach(note -> terminal.print("note: " + note));
  }

  private void print(RecordingOutcome.Published published) throws IOException {
    PublishedText text = PublishedText.read(published.document());
    terminal.print(published.name() + " -> " + published.document());
    if (text.dialogue().isEmpty()) {
      terminal.print("  " + (text.transcript().isBlank() ? "(no speech)" : text.transcript()));
    }
    text.dialogue().forEach(line -> terminal.print("  " + line));
    notes.addAll(text.warnings());
  }
}
