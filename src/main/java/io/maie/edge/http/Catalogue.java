package io.maie.edge.http;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.text.template.CheckedTemplate;
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

  /** The templates of summaries, fit for use or not, in order of their ids. */
  List<CheckedTemplate> templates() throws IOException;
}
