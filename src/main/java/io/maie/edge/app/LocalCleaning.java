package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.CleanedText;
import io.maie.edge.text.correct.Corrected;
import io.maie.edge.text.correct.ModelCleaner;
import io.maie.edge.text.correct.TranscriptCorrector;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.transcript.Transcript;
import java.util.Collection;
import java.util.List;

/** Corrects clean transcripts with the language model of this machine. */
final class LocalCleaning implements TranscriptCorrector {
  private final LocalLanguageModel local;

  LocalCleaning(LocalLanguageModel local) {
    this.local = requireNonNull(local, "local is null");
  }

  @Override
  public Corrected correct(
      Transcript transcript,
      CleanedText cleaned,
      Collection<String> vocabulary,
      StageContext context)
      throws TaskStoppedException {
    try {
      return local.<Corrected, TaskStoppedException>use(
          model -> new ModelCleaner(model).correct(transcript, cleaned, vocabulary, context));
    } catch (ModelException e) {
      return new Corrected(
          cleaned, List.of("Rules alone cleaned the transcript: " + e.getMessage()));
    }
  }
}
