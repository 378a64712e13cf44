package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status} and {@code health} as picocli describes them; see also {@link QuickCommands}. */
final class StatusCommands {

  private StatusCommands() {}

  /** Shows the work of the daemon. */
  @Command(
      name = "status",
      description = {
        "Shows the running task, what waits and why, the last results and failures,",
        "disks and models. The same text lies in outbox/STATUS.txt, the JSON in",
        "state/status.json."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  maie-edge status", "  maie-edge status --json | jq .running.percent"})
  static final class StatusCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--json", description = "The document for programs.")
    private boolean json;

    StatusCommand(CommandContext context) {
      this.context = requireNonNull(context, "context is null");
    }

    @Override
    public Integer call() throws CommandException, IOException {
      StatusReport report = report(context);
      return (json ? report.json() : report.text()).number();
    }
  }

  /** Tells by its exit code whether all is well. */
  @Command(
      name = "health",
      description = {
        "Exit code 0 if the daemon shows signs of life and can take recordings, else 1",
        "with every reason. A pause by the operator is healthy."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  maie-edge health || mail -s 'transcription' ops@example.org"})
  static final class HealthCommand implements Callable<Integer> {
    private final CommandContext context;

    HealthCommand(CommandContext context) {
      this.context = requireNonNull(context, "context is null");
    }

    @Override
    public Integer call() throws CommandException, IOException {
      return report(context).health().number();
    }
  }

  private static StatusReport report(CommandContext context) throws CommandException, IOException {
    return new StatusReport(context.terminal(), context.program().status(context.installation()));
  }
}
