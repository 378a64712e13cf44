package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The templates of summaries. */
@Command(
    name = "templates",
    description = {
      "Shows, checks and adds templates of summaries.",
      "A template is a folder below config/templates/ with schema.json, prompt.jinja,",
      "example.json and, optionally, few-shots.json; see docs/EDGE_DEPLOYMENT_GUIDE.md."
    },
    synopsisSubcommandLabel = "list|check|show|new",
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge templates list",
      "  maie-edge templates show meeting_notes_v2",
      "  maie-edge templates new ward_round --from call_report    a copy to be changed",
      "  maie-edge templates check                                every problem"
    })
final class TemplatesCommand {
  private final CommandContext context;

  TemplatesCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Command(name = "list", description = "Lists the templates.")
  int list() throws CommandException, IOException {
    List<CheckedTemplate> lines = templates().list();
    String row = "%-26s %-8s %-28s %s";
    context.terminal().print(row.formatted("id", "state", "title", "folder"));
    for (CheckedTemplate line : lines) {
      String state = line.isFit() ? "ok" : "unusable";
      context.terminal().print(row.formatted(line.id(), state, line.title(), line.folder()));
    }
    return judge(lines);
  }

  @Command(name = "check", description = "Reports every problem with its file.")
  int check() throws CommandException, IOException {
    List<CheckedTemplate> lines = templates().list();
    lines.forEach(
        line ->
            line.problems().forEach(problem -> context.terminal().complain(problem.toString())));
    long fit = lines.stream().filter(CheckedTemplate::isFit).count();
    context.terminal().print("%d of %d templates can be used.".formatted(fit, lines.size()));
    return judge(lines);
  }

  @Command(name = "show", description = "Prints a template: example, schema and prompt.")
  int show(@Parameters(paramLabel = "ID", description = "As 'templates list' names it.") String id)
      throws CommandException, IOException {
    Template text = templates().show(id);
    Terminal terminal = context.terminal();
    terminal.print(text.title());
    if (!text.description().isEmpty()) {
      terminal.print(text.description());
    }
    section("example.json", text.example());
    section("schema.json", text.schema());
    section("prompt.jinja", text.prompt());
    return ExitCode.OK.number();
  }

  @Command(name = "new", description = "Copies a template, to be changed.")
  int create(
      @Parameters(
              paramLabel = "ID",
              description = "The id of the copy: lower-case letters, digits and '_'.")
          String id,
      @Option(
              names = "--from",
              paramLabel = "ID",
              defaultValue = "generic_summary_en_v2",
              description = "The template to copy (default: ${DEFAULT-VALUE}).")
          String original)
      throws CommandException, IOException {
    Path folder = templates().create(id, original);
    context.terminal().print("The template '%s' lies in %s".formatted(id, folder));
    return ExitCode.OK.number();
  }

  private void section(String name, String text) {
    context.terminal().print("");
    context.terminal().print("--- " + name);
    context.terminal().print(text.stripTrailing());
  }

  private Templates templates() throws CommandException, IOException {
    return context.program().templates(context.installation());
  }

  private static int judge(List<CheckedTemplate> lines) {
    boolean isFine = lines.stream().allMatch(CheckedTemplate::isFit);
    return (isFine ? ExitCode.OK : ExitCode.CONFIGURATION).number();
  }
}
