package io.maie.edge.text.summary;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.text.correct.TranscriptCorrector;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.TemplateFolders;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The templates of an installation, and what sums up by them. */
public final class Summaries {
  private final TemplateFolders templates;
  private final SummaryEngine engine;
  private final Optional<TranscriptCorrector> cleaner;

  public Summaries(
      TemplateFolders templates, SummaryEngine engine, Optional<TranscriptCorrector> cleaner) {
    this.cleaner = requireNonNull(cleaner, "cleaner is null");
    this.templates = requireNonNull(templates, "templates is null");
    this.engine = requireNonNull(engine, "engine is null");
  }

  /**
   * The template that a recording asks for, read and checked now.
   *
   * @throws ProcessingException {@code INVALID_PARAMETERS} if there is none
   */
  public CheckedTemplate template(String id) throws ProcessingException, IOException {
    Optional<CheckedTemplate> found = templates.find(id);
    if (found.isEmpty()) {
      throw unknown(id);
    }
    return found.get();
  }

  /**
   * Checks that there is a template, fit for use or not.
   *
   * @throws ProcessingException {@code INVALID_PARAMETERS} if there is none
   */
  public void require(String id) throws ProcessingException, IOException {
    if (templates.find(id).isEmpty()) {
      throw unknown(id);
    }
  }

  private ProcessingException unknown(String id) throws IOException {
    List<String> ids = templates.read().stream().map(CheckedTemplate::id).toList();
    return new ProcessingException(
        FailureCode.INVALID_PARAMETERS,
        "template_id: expected the id of a template, found '"
            + id
            + "'"
            + DidYouMean.suggestion(id, ids)
            + "; there are "
            + ids,
        "Correct template_id in the sidecar (.job.json), the folder profile (_folder.yaml) or"
            + " defaults.template_id; 'maie-edge templates list' shows the templates");
  }

  /** The language model that corrects transcripts, if there is one. */
  public Optional<TranscriptCorrector> cleaner() {
    return cleaner;
  }

  public SummaryEngine engine() {
    return engine;
  }
}
