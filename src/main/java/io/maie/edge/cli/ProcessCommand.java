package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Transcribes files without the daemon. */
@Command(
    name = "process",
    description = {
      "Transcribes files where they lie, without inbox and daemon. The files stay",
      "untouched; the result of talk.m4a is talk.m4a.json. Existing files are never",
      "overwritten. A text (.txt, .md) counts as a transcript, to be cleaned and",
      "summed up."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge process talk.m4a",
      "  maie-edge process *.wav -o results --format json,srt",
      "  maie-edge process call.mp3 --language en --vad-threshold 0.4",
      "  maie-edge process notes.txt --template-id voice_memo",
      "  maie-edge process meeting.m4a --diarize --format json,txt,rttm"
    })
final class ProcessCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings, or video with sound.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder for results (default: the current folder).")
  private Path output = Path.of(".");

  @Mixin private ParameterFlags parameters = new ParameterFlags();

  ProcessCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws CommandException, IOException {
    ProcessingOrder order = new ProcessingOrder(parameters.layer(), output);
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new CommandException(
            ExitCode.USAGE, "Expected a file, found none: '" + file + "'", null);
      }
    }
    OutcomePrinter printer = new OutcomePrinter(context.terminal());
    ProgressLine progress = new ProgressLine(context.terminal(), context.ticker());
    int failed = 0;
    try (DirectProcessing processing =
        context.program().direct(context.installation(), order, progress)) {
      for (Path file : files) {
        RecordingOutcome outcome = processing.process(file);
        printer.print(outcome);
        failed += outcome instanceof RecordingOutcome.Failed ? 1 : 0;
      }
    } finally {
      progress.clear();
    }
    printer.printNotes();
    return (failed == 0 ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
