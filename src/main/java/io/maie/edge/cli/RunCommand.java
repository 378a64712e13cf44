package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the daemon in the foreground. */
@Command(
    name = "run",
    description = {
      "Watches the inbox and transcribes what arrives, one recording at a time.",
      "Stops cleanly at SIGTERM or Ctrl-C; a running task continues at the next start."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge run                     until stopped",
      "  maie-edge run --once              until the inbox is empty; 1 if any failed",
      "  maie-edge run --http              with the local API",
      "  maie-edge run --home /mnt/usb     with other folders"
    })
final class RunCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = "--once",
      description = "Wait for what is still arriving, empty the inbox, and end.")
  private boolean once;

  @Option(names = "--http", description = "Listen for the local API as well; see docs/API.md.")
  private boolean http;

  RunCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws CommandException, IOException {
    if (once && http) {
      throw new CommandException(
          ExitCode.USAGE, "Expected one of --once and --http, found both", null);
    }
    RunMode mode = once ? RunMode.ONCE : http ? RunMode.WITH_API : RunMode.UNTIL_STOPPED;
    return context.program().run(context.installation(), mode, this::tell).number();
  }

  private void tell(String link) {
    context.terminal().print("The page is ready: " + link);
    context.terminal().print("This link works once, within an hour.");
  }
}
