package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.evaluation.ReferenceClip;
import io.maie.edge.evaluation.ReferenceManifest;
import io.maie.edge.evaluation.Scoreboard;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.request.ParameterReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts the errors of a model in recordings whose words are known. */
@Command(
    name = "evaluate",
    description = {
      "Transcribes recordings whose words are known and counts errors, by condition.",
      "DIR holds the recordings and manifest.tsv: columns separated by tabs, named in",
      "the first line. 'file' and 'reference' are required; 'language', 'condition',",
      "'wer' (yes = count errors) and 'derived_from' are not. Case, punctuation and",
      "spelling of numbers do not count. The whole program runs, as for 'process'."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0   every recording was counted",
      "  1   some recordings are missing or failed; they are named",
      "  64  no manifest.tsv, no recording in that language, or no model for it",
      "  78  the installation cannot work",
      "",
      "Examples:",
      "  maie-edge models evaluate ~/test-set",
      "  maie-edge models evaluate ~/test-set --model whisper-base --language de --json"
    })
final class EvaluateCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "DIR", description = "Recordings and manifest.tsv.")
  private Path folder = Path.of(".");

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A folder under models/ (default: what a recording gets).")
  private @Nullable String model;

  @Option(
      names = "--language",
      paramLabel = "CODE",
      defaultValue = "en",
      description = "Recordings in this language only (default: en).")
  private String language = "en";

  @Option(
      names = "--detect",
      description = {
        "Leaves the language to the model instead of naming it,",
        "among defaults.languages if that setting names some."
      })
  private boolean detect;

  @Option(names = "--json", description = "The figures for programs.")
  private boolean json;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Keeps the results there; existing files are never overwritten.")
  private @Nullable Path output;

  EvaluateCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws CommandException, IOException {
    List<ReferenceClip> clips = clips();
    List<String> left = new ArrayList<>();
    List<ReferenceClip> there = new ArrayList<>();
    for (ReferenceClip clip : clips) {
      if (Files.isRegularFile(folder.resolve(clip.file()))) {
        there.add(clip);
      } else {
        left.add(clip.file() + ": missing");
      }
    }
    Path kept = output;
    Path results = kept == null ? Files.createTempDirectory("maie-edge-evaluate-") : kept;
    try {
      Scoreboard board = new Scoreboard();
      String used = evaluate(there, results, board, left);
      EvaluationReport report = new EvaluationReport(used, language, board.rows(), left);
      context.terminal().print(json ? report.json() : report.text());
    } finally {
      if (kept == null) {
        Files.delete(results);
      }
    }
    return (left.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private List<ReferenceClip> clips() throws CommandException, IOException {
    List<ReferenceClip> clips;
    try {
      clips = ReferenceManifest.read(folder);
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "Expected '%s' in '%s', found none".formatted(ReferenceManifest.FILE_NAME, folder),
          "see: maie-edge models evaluate --help",
          e);
    }
    List<ReferenceClip> wanted =
        clips.stream().filter(clip -> clip.isScored() && clip.language().equals(language)).toList();
    if (wanted.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "No recording in the language '%s' has a reference in '%s'".formatted(language, folder),
          "see: maie-edge models evaluate --help");
    }
    return wanted;
  }

  /** Returns the name of the model; adds recordings that failed to {@code left}. */
  private String evaluate(
      List<ReferenceClip> clips, Path results, Scoreboard board, List<String> left)
      throws CommandException, IOException {
    String used = "";
    EvaluationProgress progress =
        new EvaluationProgress(context.terminal(), context.ticker(), clips.size());
    try (DirectProcessing processing =
        context.program().direct(context.installation(), order(results), progress)) {
      for (ReferenceClip clip : clips) {
        RecordingOutcome outcome = processing.process(folder.resolve(clip.file()));
        if (outcome instanceof RecordingOutcome.Published published) {
          HeardText heard = HeardText.read(published.document());
          board.add(clip, heard.text(), heard.audioSeconds(), heard.processingSeconds());
          used = heard.model();
          if (output == null) {
            Files.delete(published.document());
          }
        } else if (outcome instanceof RecordingOutcome.Failed failed) {
          requireServed(failed);
          left.add(clip.file() + ": " + failed.code() + ": " + failed.message());
        }
      }
    } finally {
      progress.clear();
    }
    return used;
  }

  /** Ends an evaluation whose model or language would fail every recording. */
  private static void requireServed(RecordingOutcome.Failed failed) throws CommandException {
    if (failed.code() == FailureCode.INVALID_PARAMETERS
        || failed.code() == FailureCode.LANGUAGE_UNSUPPORTED) {
      throw new CommandException(
          ExitCode.USAGE, failed.code() + ": " + failed.message(), failed.hint());
    }
  }

  private ProcessingOrder order(Path results) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (!detect) {
      parameters.put("language", language);
    }
    parameters.put("output_formats", List.of("json"));
    if (model != null) {
      parameters.put("asr_model", model);
    }
    return new ProcessingOrder(
        ParameterReader.check("command line", parameters, key -> "--" + key), results);
  }
}
