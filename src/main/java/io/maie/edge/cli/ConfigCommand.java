package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.ParameterSchemas;
import io.maie.edge.schema.SchemaDocument;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The settings. */
@Command(
    name = "config",
    description = "Shows or checks the settings, or prints their schema.",
    synopsisSubcommandLabel = "show|check|schema",
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge config show                     what is in force; secrets are masked",
      "  maie-edge config check --config new.yaml  before putting it in place",
      "  maie-edge config schema > settings.json   for the editor of maie-edge.yaml"
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

  @Command(
      name = "schema",
      description = {
        "Prints the JSON Schema with which an editor knows a file.",
        "The installation has the same schemas in docs/schema/."
      })
  int schema(
      @Parameters(
              paramLabel = "settings|sidecar|folder",
              defaultValue = "settings",
              description = "The kind of file (default: settings).")
          SchemaOf kind) {
    SchemaDocument schema =
        switch (kind) {
          case SETTINGS -> context.program().settingsSchema();
          case SIDECAR -> ParameterSchemas.sidecar();
          case FOLDER -> ParameterSchemas.folderProfile();
        };
    context.terminal().print(schema.print().stripTrailing());
    return ExitCode.OK.number();
  }

  private int judge(SettingsView settings) {
    settings.problems().forEach(context.terminal()::complain);
    return (settings.problems().isEmpty() ? ExitCode.OK : ExitCode.CONFIGURATION).number();
  }
}
