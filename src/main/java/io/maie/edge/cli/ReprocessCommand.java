package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.ParameterLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Repeats a stage on a stored result. */
@Command(
    name = "reprocess",
    description = {
      "Repeats a stage of an earlier task without recognising again.",
      "The new result appears beside the earlier one, which stays: talk.wav~2.json.",
      "",
      "Stage speakers: tells speakers apart again if the recording is still in the",
      "archive, otherwise only names the earlier speakers. A sidecar in the archive is",
      "read again.",
      "",
      "Stage text: makes the clean transcript and the summary again; --template-id",
      "asks for a summary even if there was none. The recording is not needed.",
      "",
      "Files are written in the formats of the earlier result unless --format names others."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge reprocess talk.wav --stage speakers --name S1=Anna --name S2=Ben",
      "  maie-edge reprocess talk.wav --stage speakers --num-speakers 3",
      "  maie-edge reprocess talk.wav --stage text --template-id meeting_notes_v2",
      "  maie-edge reprocess TASK_ID --stage speakers --recording /mnt/old/talk.wav"
    })
final class ReprocessCommand implements Callable<Integer> {
  private final CommandContext context;

  /** Stages that can be repeated. */
  enum RepeatedStage {
    SPEAKERS,
    TEXT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "NAME", description = "A recording's name or path, or a task id.")
  private String target = "";

  @Option(
      names = "--stage",
      required = true,
      paramLabel = "STAGE",
      description = "speakers or text.")
  private RepeatedStage stage = RepeatedStage.SPEAKERS;

  @Option(
      names = "--name",
      paramLabel = "ID=NAME",
      description = "The name of a speaker; may be repeated.")
  private Map<String, String> names = Map.of();

  @Option(names = "--min-speakers", paramLabel = "N", description = "The least number of speakers.")
  private @Nullable Integer minSpeakers;

  @Option(
      names = "--max-speakers",
      paramLabel = "N",
      description = "The largest number of speakers.")
  private @Nullable Integer maxSpeakers;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "The recording, if it is not in the archive.")
  private @Nullable Path recording;

  @Mixin private ResultFlags result = new ResultFlags();

  ReprocessCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws CommandException, IOException {
    if (recording != null && !Files.isRegularFile(recording)) {
      throw new CommandException(
          ExitCode.USAGE, "Expected a file, found none: '" + recording + "'", null);
    }
    ReprocessOrder order = new ReprocessOrder(target, typed(), names, recording);
    OutcomePrinter printer = new OutcomePrinter(context.terminal());
    ProgressLine progress = new ProgressLine(context.terminal(), context.ticker());
    RepeatedOutcome repeated;
    try {
      repeated =
          switch (stage) {
            case SPEAKERS ->
                context.program().speakersAgain(context.installation(), order, progress);
            case TEXT -> context.program().textAgain(context.installation(), order, progress);
          };
    } finally {
      progress.clear();
    }
    printer.print(repeated.outcome());
    printer.printNotes();
    if (!repeated.heardAgain()) {
      context
          .terminal()
          .print("note: The recording is not in the archive any more; only the names are new");
    }
    boolean failed = repeated.outcome() instanceof RecordingOutcome.Failed;
    return (failed ? ExitCode.FAILED : ExitCode.OK).number();
  }

  /** The names of speakers are checked here and passed on separately. */
  private ParameterLayer typed() throws CommandException {
    parameters().with("speaker_names", names.isEmpty() ? null : names).checked();
    return parameters().checked();
  }

  private TypedParameters parameters() {
    return result
        .typed("reprocess", Map.of("speaker_names", "--name"))
        .with("min_speakers", minSpeakers)
        .with("max_speakers", maxSpeakers);
  }
}
