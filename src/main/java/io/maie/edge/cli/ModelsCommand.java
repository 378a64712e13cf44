package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.modelfile.hub.PublishedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The models. */
@Command(
    name = "models",
    description = {
      "Shows, verifies and adds models.",
      "A model is a folder below models/ in the layout of its publisher.",
      "docs/EDGE_DEPLOYMENT_GUIDE.md names the kinds that also need a manifest.json."
    },
    synopsisSubcommandLabel = "list|verify|import|catalog|pull|prepare|evaluate",
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge models list                       * marks what is in use",
      "  maie-edge models verify                     every checksum",
      "  maie-edge models import ~/Downloads/model   copy it in, whole or not at all",
      "  maie-edge models catalog                    what can be pulled by a short name",
      "  maie-edge models pull whisper-base          fetch it over the network",
      "  maie-edge models prepare NAME               8 bits instead of 32-bit floats",
      "  maie-edge models evaluate DIR               count errors in known recordings"
    })
final class ModelsCommand {
  /** More codes than this are counted, not listed. */
  private static final int MOST_LANGUAGES = 4;

  private static final String LICENSE =
      "The licence of its weights, such as CC-BY-4.0 (default: as its publisher declares it).";

  private final CommandContext context;

  ModelsCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Command(name = "list", description = "Lists the installed models.")
  int list() throws CommandException, IOException {
    return print(context.program().models(context.installation()).list());
  }

  @Command(name = "verify", description = "Reads every model in full and compares checksums.")
  int verify() throws CommandException, IOException {
    return print(context.program().models(context.installation()).verify());
  }

  @Command(name = "import", description = "Copies a model into models/.")
  int importModel(
      @Parameters(
              paramLabel = "SOURCE",
              description = "The published model's folder, or a zip archive of it.")
          Path folder,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "Name of the installed model (default: that of the source).")
          @Nullable String name,
      @Option(names = "--license", paramLabel = "LICENCE", description = LICENSE)
          @Nullable String license,
      @Mixin PrecisionOptions decoder)
      throws CommandException, IOException {
    String chosen = Optional.ofNullable(name).orElseGet(() -> nameOf(folder));
    Models models = context.program().models(context.installation());
    ListedModel line = models.importFrom(new ImportOrder(folder, chosen, license));
    context.terminal().print("'%s' was imported:".formatted(line.name()));
    return arrived(models, decoder.order(line.name()), line);
  }

  @Command(
      name = "prepare",
      description = {
        "Prepares the decoder of an installed model for this machine.",
        "From a Whisper model of 32-bit floats it makes a decoder with weights of 8",
        "bits, which takes a fraction of the memory and about half of the time for",
        "nearly the same words. Both recognise a sample of speech before the first is",
        "given up. 'models import' and 'models pull' do this automatically."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  maie-edge models prepare whisper-base",
        "  maie-edge models prepare whisper-base --precision q8 --keep-original",
        "  maie-edge models prepare whisper-base --precision fp32    back again, if kept"
      })
  int prepare(
      @Parameters(paramLabel = "NAME", description = "A folder under models/.") String name,
      @Mixin PrecisionOptions decoder)
      throws CommandException, IOException {
    return prepare(context.program().models(context.installation()), decoder.order(name));
  }

  private int arrived(Models models, PreparationOrder order, ListedModel line)
      throws CommandException, IOException {
    int exit = prepare(models, order);
    if (line.license().isEmpty()) {
      context
          .terminal()
          .print(
              "Its licence is not known; read where it is published whether your use is allowed.");
    }
    return exit;
  }

  private int prepare(Models models, PreparationOrder order) throws CommandException, IOException {
    Terminal terminal = context.terminal();
    PreparedModel prepared =
        models.prepare(
            order, () -> terminal.complain("hearing a sample in 8 bits and in 32; a minute ..."));
    if (!prepared.account().isEmpty()) {
      terminal.print(prepared.account() + ".");
    }
    return print(List.of(prepared.line()));
  }

  @Command(
      name = "catalog",
      description = {
        "Lists published models that can be pulled by a short name.",
        "The list ships with the program and needs no network. Sizes are",
        "approximate, and licences those of the weights."
      })
  int catalog() throws CommandException, IOException {
    Terminal terminal = context.terminal();
    String row = "%-24s %-15s %-11s %9s  %s";
    terminal.print(row.formatted("name", "languages", "licence", "size", "from"));
    for (PublishedModel line : context.program().models(context.installation()).catalog()) {
      terminal.print(
          row.formatted(
              line.name(),
              line.languages(),
              line.license(),
              "~" + Amounts.bytes(line.bytes()),
              line.repository() + (line.remark().isEmpty() ? "" : " (" + line.remark() + ")")));
    }
    return ExitCode.OK.number();
  }

  @Command(
      name = "pull",
      description = {
        "Fetches a published model; the only use of the network.",
        "Only the files that this device needs are fetched, each checked against the",
        "size and checksum that the hub declares, and then pinned for 'models verify'.",
        "After an interruption, run it again: it resumes where it stopped. A token for",
        "private models is taken from the variable HF_TOKEN."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  maie-edge models catalog                 names, licences, sizes",
        "  maie-edge models pull whisper-base",
        "  maie-edge models pull distil-whisper/distil-small.en",
        "  maie-edge models pull OWNER/REPO@REVISION --name mine --variant fp16"
      })
  int pull(
      @Parameters(
              paramLabel = "NAME|OWNER/REPO[@REVISION]",
              description =
                  "A name of 'models catalog', or any repository in the ONNX layout of Whisper.")
          String model,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "Name of the installed model (default: the short name).")
          @Nullable String name,
      @Option(
              names = "--variant",
              paramLabel = "VARIANT",
              description =
                  "Which graphs: int8, fp16, q4 and so on (default: the best for this device).")
          @Nullable String variant,
      @Option(
              names = "--hub",
              paramLabel = "URL",
              description = "The hub to fetch from (default: the setting models.hub).")
          @Nullable String hub,
      @Option(names = "--license", paramLabel = "LICENCE", description = LICENSE)
          @Nullable String license,
      @Mixin PrecisionOptions decoder)
      throws CommandException, IOException {
    TransferLine progress = new TransferLine(model, context.terminal(), context.ticker());
    Models models = context.program().models(context.installation());
    try {
      String graphs = Optional.ofNullable(variant).orElse(decoder.variant());
      ListedModel line = models.pull(new PullOrder(model, name, graphs, hub, license), progress);
      progress.clear();
      context.terminal().print("'%s' was pulled:".formatted(line.name()));
      return arrived(models, decoder.order(line.name()), line);
    } finally {
      progress.clear();
    }
  }

  /** A few by their codes, many by their number. */
  private static String languages(List<String> codes) {
    return codes.size() > MOST_LANGUAGES ? codes.size() + " languages" : String.join(",", codes);
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName())
        .replaceFirst("(?i)\\.zip$", "");
  }

  private int print(List<ListedModel> lines) {
    Terminal terminal = context.terminal();
    if (lines.isEmpty()) {
      terminal.print("No models are installed; see: maie-edge models pull --help");
      return ExitCode.FAILED.number();
    }
    String row = "%-1s %-28s %-20s %-15s %-15s %-12s %9s  %-16s %s";
    terminal.print(
        row.formatted(
            "", "name", "task", "family", "version", "languages", "size", "licence", "state"));
    for (ListedModel line : lines) {
      terminal.print(
          row.formatted(
              line.inUse() ? "*" : "",
              line.name(),
              line.task(),
              line.family(),
              line.version(),
              languages(line.languages()),
              Amounts.bytes(line.bytes()),
              line.license(),
              line.state()));
      String below = line.isOk() ? line.remark() : line.reason();
      if (!below.isEmpty()) {
        terminal.print("    " + below);
      }
    }
    for (ListedModel line : lines) {
      if (line.inUse()) {
        terminal.print("* %s: '%s' is %s".formatted(line.task(), line.name(), line.choice()));
      }
    }
    return (lines.stream().allMatch(ListedModel::isOk) ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
