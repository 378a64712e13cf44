package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Shows a person what became of a recording. */
final class OutcomePrinter {
  private final Terminal terminal;

  OutcomePrinter(Terminal terminal) {
    this.terminal = requireNonNull(terminal, "terminal is null");
  }

  /** The transcript and where it lies, or what went wrong and what to do. */
  void print(RecordingOutcome outcome) throws IOException {
    if (outcome instanceof RecordingOutcome.Published published) {
      print(published);
    } else if (outcome instanceof RecordingOutcome.Failed failed) {
      terminal.print(failed.name() + ": " + failed.code() + ": " + failed.message());
      terminal.print("  " + failed.hint());
    }
  }

  private void print(RecordingOutcome.Published published) throws IOException {
    PublishedText text = PublishedText.read(published.document());
    terminal.print(published.name() + " -> " + published.document());
    terminal.print("  " + (text.transcript().isBlank() ? "(no speech)" : text.transcript()));
    for (String warning : text.warnings()) {
      terminal.print("  note: " + warning);
    }
  }
}
