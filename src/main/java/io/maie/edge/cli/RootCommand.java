package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program's name without a command. */
@Command(
    name = "maie-edge",
    description = "Transcribes the recordings that are dropped into a folder. Offline.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge demo                       transcribe the samples that come with it",
      "  maie-edge run                        watch the inbox until stopped",
      "  maie-edge process talk.m4a           transcribe one file, here and now",
      "  maie-edge status                     what is running, waiting, done and wrong",
      "  maie-edge COMMAND --help             examples for that command",
      "",
      "Exit codes: 0 fine, 1 some recordings failed or something is unhealthy, 64",
      "usage, 69 another instance runs, 70 internal, 74 input or output, 75 try again,",
      "78 configuration or locale, 143 stopped by SIGTERM."
    })
final class RootCommand implements Callable<Integer> {
  private final Program program;
  private final Terminal terminal;

  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = {"-V", "--version"},
      description = "Show the version.")
  private boolean versionWanted;

  @Spec private CommandSpec spec = CommandSpec.create();

  RootCommand(Program program, Terminal terminal) {
    this.program = requireNonNull(program, "program is null");
    this.terminal = requireNonNull(terminal, "terminal is null");
  }

  CommonOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    if (versionWanted) {
      terminal.print("maie-edge " + program.version());
      return ExitCode.OK.number();
    }
    CommandLine commandLine = spec.commandLine();
    commandLine.usage(terminal.err());
    return ExitCode.USAGE.number();
  }
}
