package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.request.RecordingParameters;
import java.io.IOException;
import java.util.List;

/** Installed models and templates, for clients that choose; made by {@code app}. */
public interface Catalogue {

  /** The models, in order of their names. */
  List<ListedModel> models() throws IOException;

  /**
   * Checks that a recording with {@code parameters} finds a model that hears it.
   *
   * @throws ProcessingException if it finds none; {@code INVALID_PARAMETERS} if it asks for one
   *     that is not installed
   */
  void requireRecognizer(RecordingParameters parameters) throws ProcessingException;

  /** The templates of summaries, in order of their ids. */
  List<TemplateFacts> templates() throws IOException;

  /**
   * A template.
   *
   * @param schema of the summary, JSON; empty if something is wrong with the template
   * @param prompt empty if something is wrong
   * @param example a summary, JSON; empty if something is wrong
   * @param problems one line each; empty if all is well
   */
  record TemplateFacts(
      String id,
      String title,
      String description,
      String schema,
      String prompt,
      String example,
      List<String> problems) {
    public TemplateFacts {
      requireNonNull(id, "id is null");
      problems = List.copyOf(problems);
    }
  }
}
