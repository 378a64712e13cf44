package io.maie.edge.cli;

import io.maie.edge.time.Ticker;
import java.io.IOException;

/** Context of every command. */
record CommandContext(Program program, Terminal terminal, Ticker ticker, CommonOptions options) {

  InstallationChoice installation() {
    return options.installation();
  }

  /**
   * Leaves a request for the daemon, and says so.
   *
   * @return the exit code of the command
   * @throws CommandException if no daemon may read it
   */
  int leave(Request request, String answer) throws CommandException, IOException {
    program.request(installation(), request);
    terminal.print(answer);
    return ExitCode.OK.number();
  }
}
