package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.Publication;
import io.maie.edge.durable.VerifiedCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Sends the samples through the real inbox. */
@Command(
    name = "demo",
    description = {
      "Copies the sample recordings into the inbox, transcribes them as the daemon would,",
      "and shows what was said beside what was heard."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  maie-edge demo", "  maie-edge demo --home /tmp/try     with folders of its own"})
final class DemoCommand implements Callable<Integer> {
  private static final List<String> AUDIO = List.of(".wav", ".flac", ".m4a", ".mp3", ".ogg");

  private final CommandContext context;

  DemoCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws CommandException, IOException {
    Folders folders = context.program().folders(context.where());
    List<Path> samples = samples(folders.samples());
    drop(samples, folders.inbox());
    Terminal terminal = context.terminal();
    terminal.print("%d recordings were dropped into %s".formatted(samples.size(), folders.inbox()));
    ProgressLine progress = new ProgressLine(terminal, context.ticker());
    List<RecordingOutcome> outcomes;
    try {
      outcomes = context.program().drain(context.where(), progress);
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE) {
        terminal.print("The running daemon will take them; see: maie-edge status");
        terminal.print("Results will lie in " + folders.outbox());
        return ExitCode.OK.number();
      }
      throw e;
    } finally {
      progress.clear();
    }
    return report(outcomes, folders).number();
  }

  private static List<Path> samples(Path folder) throws CommandException, IOException {
    List<Path> samples = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, DemoCommand::isAudio)) {
        files.forEach(samples::add);
      }
    }
    if (samples.isEmpty()) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "Expected sample recordings, found none: '" + folder + "'",
          "unpack the tarball again, or drop a recording of your own into the inbox");
    }
    samples.sort(null);
    return samples;
  }

  private static boolean isAudio(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return AUDIO.stream().anyMatch(name::endsWith);
  }

  /** As every good sender: whole under a temporary name first, then renamed. */
  private static void drop(List<Path> samples, Path inbox) throws IOException {
    DurableFiles.createDirectories(inbox);
    for (Path sample : samples) {
      Path temporary = VerifiedCopy.toTemporary(sample, inbox);
      Publication.publish(temporary, inbox, stem(sample), suffix(sample));
    }
  }

  private static String stem(Path sample) {
    String name = String.valueOf(sample.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String suffix(Path sample) {
    String name = String.valueOf(sample.getFileName());
    return name.substring(name.lastIndexOf('.'));
  }

  private ExitCode report(List<RecordingOutcome> outcomes, Folders folders) throws IOException {
    Terminal terminal = context.terminal();
    Map<String, String> texts = SampleTexts.read(folders.samples());
    OutcomePrinter printer = new OutcomePrinter(terminal);
    boolean allPublished = true;
    for (RecordingOutcome outcome : outcomes) {
      terminal.print("");
      printer.print(outcome);
      String said = texts.get(outcome.name());
      if (said != null) {
        terminal.print("  (said: " + said + ")");
      }
      allPublished &= outcome instanceof RecordingOutcome.Published;
    }
    terminal.print("");
    printer.printNotes();
    terminal.print("Results lie in " + folders.outbox());
    terminal.print("Next: maie-edge run, and drop a recording of yours into " + folders.inbox());
    return allPublished && !outcomes.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
