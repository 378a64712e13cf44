package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.NameSeries;
import io.maie.edge.durable.Publication;
import io.maie.edge.durable.VerifiedCopy;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Sends the samples through the real inbox. */
@Command(
    name = "demo",
    description = {
      "Copies the sample recordings into the inbox, transcribes them as the daemon",
      "would, and shows what was said beside what was heard."
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
    Folders folders = context.program().folders(context.installation());
    List<Path> samples = samples(folders.samples());
    requireSoundInstallation();
    SampleResults results = new SampleResults(folders.outbox());
    List<RecordingOutcome> known = new ArrayList<>();
    List<Path> fresh = new ArrayList<>();
    for (Path sample : samples) {
      results.of(sample).ifPresentOrElse(known::add, () -> fresh.add(sample));
    }
    if (!fresh.isEmpty()) {
      drop(fresh, folders.inbox());
    }
    Terminal terminal = context.terminal();
    terminal.print("%d recordings were dropped into %s".formatted(fresh.size(), folders.inbox()));
    if (!known.isEmpty()) {
      terminal.print("Results of an earlier demo are shown again: " + known.size());
    }
    List<RecordingOutcome> outcomes = new ArrayList<>(known);
    if (!fresh.isEmpty()) {
      Optional<List<RecordingOutcome>> drained = drained();
      if (drained.isEmpty()) {
        terminal.print("The running daemon will take them; see: maie-edge status");
        terminal.print("Results will lie in " + folders.outbox());
        return ExitCode.OK.number();
      }
      outcomes.addAll(drained.get());
    }
    return report(outcomes, folders).number();
  }

  /** Outcomes of the recordings in the inbox; empty if a daemon runs, which will take them. */
  private Optional<List<RecordingOutcome>> drained() throws CommandException, IOException {
    ProgressLine progress = new ProgressLine(context.terminal(), context.ticker());
    try {
      return Optional.of(context.program().drain(context.installation(), progress));
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE) {
        return Optional.empty();
      }
      throw e;
    } finally {
      progress.clear();
    }
  }

  /** Nothing is dropped where nothing could be transcribed: the first failed check says why. */
  private void requireSoundInstallation() throws CommandException, IOException {
    for (Check check : context.program().checks(context.installation(), DoctorDepth.QUICK)) {
      Check.Finding finding = check.run();
      if (finding.level() == Check.Level.FAILURE) {
        throw new CommandException(
            ExitCode.CONFIGURATION,
            check.name() + ": " + finding.message(),
            finding.hint().orElse("'maie-edge doctor' looks at the whole installation"));
      }
    }
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

  /**
   * Drops samples as every good sender does: whole under a temporary name first, then renamed.
   * Files that an interrupted demo left in the inbox are not dropped again.
   */
  private static void drop(List<Path> samples, Path inbox) throws IOException {
    DurableFiles.createDirectories(inbox);
    for (Path sample : samples) {
      Path waiting = inbox.resolve(sample.getFileName());
      if (Files.isRegularFile(waiting) && Files.mismatch(waiting, sample) == -1) {
        continue;
      }
      Path temporary = VerifiedCopy.toTemporary(sample, inbox);
      Publication.publish(temporary, inbox, new NameSeries(stem(sample), suffix(sample)));
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
