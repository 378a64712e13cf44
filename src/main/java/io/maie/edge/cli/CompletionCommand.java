package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script by which a shell completes commands and options. */
@Command(
    name = "completion",
    description = "Prints a completion script for bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(maie-edge completion)",
      "  maie-edge completion > /etc/bash_completion.d/maie-edge"
    })
final class CompletionCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    context.terminal().out().println(AutoComplete.bash(root.name(), root.commandLine()));
    return ExitCode.OK.number();
  }
}
