package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.time.Ticker;

/** Context of every command. */
record CommandContext(Program program, Terminal terminal, Ticker ticker, CommonOptions options) {

  CommandContext {
    requireNonNull(program, "program is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(ticker, "ticker is null");
    requireNonNull(options, "options is null");
  }

  InstallationChoice installation() {
    return options.installation();
  }
}
