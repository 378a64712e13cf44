package io.maie.edge.cli;

import io.maie.edge.time.Ticker;

/** Context of every command. */
record CommandContext(Program program, Terminal terminal, Ticker ticker, CommonOptions options) {

  InstallationChoice installation() {
    return options.installation();
  }
}
