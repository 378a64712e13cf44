package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import picocli.CommandLine.Command;

/** The settings. */
@Command(
    name = "config",
    description = "Shows or checks the settings.",
    synopsisSubcommandLabel = "show|check",
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge config show                     what is in force; secrets are masked",
      "  maie-edge config check --config new.yaml  before putting it in place"
    })
final class ConfigCommand {
  private final CommandContext context;

  ConfigCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Command(name = "show", description = "Prints every setting in force.")
  int show() throws IOException {
    SettingsView settings = context.program().settings(context.installation());
    context.terminal().print(settings.yaml().stripTrailing());
    return judge(settings);
  }

  @Command(name = "check", description = "Reports every problem with file and line.")
  int check() throws IOException {
    SettingsView settings = context.program().settings(context.installation());
    if (settings.problems().isEmpty()) {
      context.terminal().print("The settings are fine.");
    }
    return judge(settings);
  }

  private int judge(SettingsView settings) {
    settings.problems().forEach(context.terminal()::complain);
    return (settings.problems().isEmpty() ? ExitCode.OK : ExitCode.CONFIGURATION).number();
  }
}
