package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The models. */
@Command(
    name = "models",
    description = {
      "Shows, verifies and adds models. A model is a folder below models/ in the layout of its",
      "publisher, with a manifest.json; docs/EDGE_DEPLOYMENT_GUIDE.md says what goes into it."
    },
    synopsisSubcommandLabel = "list|verify|import",
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge models list                       * marks what is in use",
      "  maie-edge models verify                     every checksum",
      "  maie-edge models import ~/Downloads/model   copy it in, whole or not at all"
    })
final class ModelsCommand {
  private final CommandContext context;

  ModelsCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Command(name = "list", description = "Lists the installed models.")
  int list() throws CommandException, IOException {
    return print(context.program().models(context.where()).list());
  }

  @Command(name = "verify", description = "Reads every model in full and compares checksums.")
  int verify() throws CommandException, IOException {
    return print(context.program().models(context.where()).verify());
  }

  @Command(name = "import", description = "Copies a model into models/.")
  int importModel(
      @Parameters(
              paramLabel = "SOURCE",
              description = "The published model's folder, or a zip, tar or tar.gz of it.")
          Path folder,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "The name it shall have (default: that of the source).")
          @Nullable String name)
      throws CommandException, IOException {
    String chosen = Optional.ofNullable(name).orElseGet(() -> nameOf(folder));
    ModelLine line = context.program().models(context.where()).importFrom(folder, chosen);
    context.terminal().print("'%s' was imported:".formatted(line.name()));
    return print(List.of(line));
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName())
        .replaceFirst("(?i)\\.(zip|tar|tgz|tar\\.gz)$", "");
  }

  private int print(List<ModelLine> lines) {
    Terminal terminal = context.terminal();
    if (lines.isEmpty()) {
      terminal.print("No models are installed; see: maie-edge models import --help");
      return ExitCode.FAILED.number();
    }
    String row = "%-1s %-28s %-4s %-8s %-12s %-9s %9s  %-16s %s";
    terminal.print(
        row.formatted(
            "", "name", "task", "family", "version", "languages", "size", "licence", "state"));
    for (ModelLine line : lines) {
      terminal.print(
          row.formatted(
              line.inUse() ? "*" : "",
              line.name(),
              line.task(),
              line.family(),
              line.version(),
              String.join(",", line.languages()),
              Amounts.bytes(line.bytes()),
              line.license(),
              line.state() + (line.starter() ? " (starter)" : "")));
      if (!line.isOk()) {
        terminal.print("    " + line.reason());
      }
    }
    return (lines.stream().allMatch(ModelLine::isOk) ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
