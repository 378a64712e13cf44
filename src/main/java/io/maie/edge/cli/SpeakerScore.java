package io.maie.edge.cli;

import io.maie.edge.evaluation.DiarizationError;
import io.maie.edge.evaluation.ReferenceTurns;
import io.maie.edge.result.EarlierResult;
import io.maie.edge.result.Results;
import io.maie.edge.result.Speakers;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures how far the speakers of results are from those who really spoke. */
final class SpeakerScore {
  private final Map<String, List<Turn>> references;
  private DiarizationError error = DiarizationError.NONE;
  private DiarizationError.Words words = DiarizationError.Words.NONE;

  /**
   * A score of nothing yet.
   *
   * @param reference an RTTM file, or a folder of them
   */
  SpeakerScore(Path reference) throws IOException {
    references = new HashMap<>();
    if (Files.isDirectory(reference)) {
      try (Stream<Path> files = Files.list(reference)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".rttm")).toList()) {
          references.putAll(ReferenceTurns.read(file));
        }
      }
    } else {
      references.putAll(ReferenceTurns.read(reference));
    }
  }

  /** Judges one result; returns its figures in a line. */
  String add(Path json) throws CommandException, IOException {
    Results results = EarlierResult.read(Files.readAllBytes(json)).results();
    String name = String.valueOf(json.getFileName());
    @Nullable Speakers speakers = results.speakers();
    if (speakers == null) {
      throw new CommandException(
          ExitCode.USAGE, "'" + json + "' has no speakers", "Make it with --diarize");
    }
    List<Turn> real = reference(name);
    @Nullable Transcript transcript = results.transcript();
    List<Word> said =
        transcript == null
            ? List.of()
            : transcript.segments().stream().flatMap(each -> each.words().stream()).toList();
    DiarizationError own = DiarizationError.of(real, speakers.turns());
    DiarizationError.Words ownWords = DiarizationError.words(real, speakers.turns(), said);
    error = error.plus(own);
    words = words.plus(ownWords);
    long people = real.stream().map(Turn::speaker).distinct().count();
    return "%s: %s; speakers %d, really %d"
        .formatted(name, line(own, ownWords), speakers.speakers().size(), people);
  }

  /** The recording of {@code talk.wav.json} may be called talk.wav or talk. */
  private List<Turn> reference(String name) throws CommandException {
    String stem = name.replaceFirst("(~\\d+)?\\.json$", "");
    for (String candidate : List.of(stem, stem.replaceFirst("\\.[^.]+$", ""))) {
      @Nullable List<Turn> turns = references.get(candidate.replaceAll("\\s", "_"));
      if (turns != null) {
        return turns;
      }
    }
    throw new CommandException(
        ExitCode.USAGE,
        "The reference has no turns of '" + stem + "'",
        "Its second column names the recording, with or without the extension");
  }

  /** All results together. */
  String total() {
    return "all: " + line(error, words);
  }

  private static String line(DiarizationError error, DiarizationError.Words words) {
    return String.format(
        Locale.ROOT,
        "error %.2f %% (missed %.2f, false alarm %.2f, confused %.2f); right speaker %.2f %% of %d"
            + " words (%d without a label, %d with several)",
        100 * error.rate(),
        100 * error.share(error.missed()),
        100 * error.share(error.falseAlarm()),
        100 * error.share(error.confused()),
        100 * words.rate(),
        words.judged(),
        words.without(),
        words.several());
  }
}
