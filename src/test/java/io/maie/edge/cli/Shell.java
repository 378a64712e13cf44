package io.maie.edge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.testing.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Types commands and keeps what was printed. */
final class Shell {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final MaieEdge maieEdge;

  Shell(Program program, boolean interactive) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), interactive);
    maieEdge = new MaieEdge(program, terminal, new ManualTicker());
  }

  int type(String... arguments) {
    return maieEdge.run(arguments);
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
