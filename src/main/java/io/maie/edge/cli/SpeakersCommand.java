package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The known voices. */
@Command(
    name = "speakers",
    description = {
      "Stores voices of persons, so that results can name their speakers.",
      "A stored voice is personal data: ask the person first. It lies in state/voices,",
      "readable by the service alone, and is used if diarization.known_voices is true."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge speakers enroll Anna anna-1.wav anna-2.m4a",
      "  maie-edge speakers who meeting.m4a",
      "  maie-edge speakers forget Anna",
      "  maie-edge speakers score --reference labels.rttm results/*.json"
    })
final class SpeakersCommand {
  private final CommandContext context;

  SpeakersCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Command(
      name = "enroll",
      description = {
        "Stores the voice of a person.",
        "The recordings hold that person alone and last 10 s or more together."
      })
  int enroll(
      @Parameters(paramLabel = "NAME", description = "The name of the person in results.")
          String name,
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings.")
          List<Path> files)
      throws CommandException, IOException {
    if (name.isBlank() || name.length() > 100) {
      throw new CommandException(ExitCode.USAGE, "Expected a name of 1 to 100 characters", null);
    }
    for (Path file : files) {
      requireFile(file);
    }
    voices().enroll(name.strip(), files);
    context.terminal().print("The voice of '" + name.strip() + "' is stored");
    return ExitCode.OK.number();
  }

  @Command(
      name = "list",
      description = {
        "Lists the persons whose voices are stored, or lie as samples in the",
        "folder of diarization.voices_folder."
      })
  int list() throws CommandException, IOException {
    Map<String, Voices.Standing> names = voices().list();
    if (names.isEmpty()) {
      context.terminal().print("No voices are stored; see: maie-edge speakers enroll --help");
    }
    names.forEach((name, standing) -> context.terminal().print(name + remark(name, standing)));
    return ExitCode.OK.number();
  }

  private static String remark(String name, Voices.Standing standing) {
    return switch (standing) {
      case STORED -> "";
      case OF_ANOTHER_MODEL -> "  (made by another model: enroll again)";
      case SAMPLED -> "  (by samples)";
      case UNUSABLE -> "  (by samples that cannot be used: " + name + ".error.txt says why)";
    };
  }

  @Command(name = "forget", description = "Deletes the voice of a person.")
  int forget(@Parameters(paramLabel = "NAME", description = "As in the list.") String name)
      throws CommandException, IOException {
    if (!voices().forget(name)) {
      throw new CommandException(
          ExitCode.USAGE,
          "No voice of '" + name + "' is stored",
          "'maie-edge speakers list' shows the stored voices");
    }
    context.terminal().print("The voice of '" + name + "' is deleted");
    return ExitCode.OK.number();
  }

  @Command(name = "who", description = "Says which speakers of a recording are known.")
  int who(@Parameters(paramLabel = "FILE", description = "A recording.") Path file)
      throws CommandException, IOException {
    requireFile(file);
    Map<String, String> speakers = voices().who(file);
    if (speakers.isEmpty()) {
      context.terminal().print("(no speech)");
    }
    speakers.forEach(
        (id, name) ->
            context.terminal().print(id + "  " + (name.isEmpty() ? "(not known)" : name)));
    return ExitCode.OK.number();
  }

  @Command(
      name = "score",
      description = {
        "Compares the speakers of results with those in RTTM files.",
        "Prints the diarization error rate (overlap counted, no collar), and how many",
        "words have the right speaker: a word counts for the one label that covers its",
        "middle."
      })
  int score(
      @Option(
              names = "--reference",
              required = true,
              paramLabel = "PATH",
              description = "An RTTM file, or a folder of them.")
          Path reference,
      @Parameters(arity = "1..*", paramLabel = "RESULT", description = "JSON of results.")
          List<Path> results)
      throws CommandException, IOException {
    for (Path result : results) {
      requireFile(result);
    }
    SpeakerScore score = new SpeakerScore(reference);
    for (Path result : results) {
      context.terminal().print(score.add(result));
    }
    context.terminal().print(score.total());
    return ExitCode.OK.number();
  }

  private Voices voices() throws CommandException, IOException {
    return context.program().voices(context.installation());
  }

  private static void requireFile(Path file) throws CommandException {
    if (!Files.isRegularFile(file)) {
      throw new CommandException(
          ExitCode.USAGE, "Expected a file, found none: '" + file + "'", null);
    }
  }
}
