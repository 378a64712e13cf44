package io.maie.edge.app;

import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.MaieEdge;
import io.maie.edge.cli.Terminal;
import io.maie.edge.telemetry.Check.Finding;
import io.maie.edge.telemetry.Check.Level;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;

/** Begins and ends the process. */
public final class Main {
  private static final String INSTALLATION = "maie.installation";
  private static final String SAMPLES = "maie.samples";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Terminal.system(), arguments));
  }

  private static int run(Terminal terminal, String... arguments) {
    Finding locale = new LocaleCheck(System.getProperty("sun.jnu.encoding", "unknown")).run();
    if (locale.level() != Level.OK) {
      terminal.err().println("maie-edge: " + locale.message());
      locale.hint().ifPresent(hint -> terminal.err().println("  " + hint));
      return ExitCode.CONFIGURATION.number();
    }
    Path installation = Path.of(System.getProperty(INSTALLATION, "")).toAbsolutePath();
    Path samples = Path.of(System.getProperty(SAMPLES, installation.resolve("samples").toString()));
    InstalledProgram program = new InstalledProgram(installation, samples, System.getenv());
    return new MaieEdge(program, terminal, Ticker.system()).run(arguments);
  }
}
