package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.RecordingParameters;
import java.io.IOException;
import java.util.List;

/** Installed models and templates, for clients that choose; made by {@code app}. */
public interface Catalogue {

  /** The models, in order of their names. */
  List<ModelFacts> models() throws IOException;

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
   * A model.
   *
   * @param task such as {@code asr}, or {@code ?} if that is not known
   * @param languages that it knows, as codes; may be empty
   * @param choice the reason for which a recording that asks for nothing gets it; empty if it does
   *     not
   * @param state {@code ok} or what is wrong in a word
   * @param reason one sentence; empty if all is well
   */
  record ModelFacts(
      String name,
      String task,
      String family,
      String version,
      List<String> languages,
      long bytes,
      String license,
      boolean isShipped,
      String choice,
      String state,
      String reason,
      String description) {
    public ModelFacts {
      requireNonNull(name, "name is null");
      requireNonNull(task, "task is null");
      languages = List.copyOf(languages);
    }

    /** Returns whether it turns speech into text. */
    boolean isRecognizer() {
      return task.equals("asr");
    }

    /** Returns whether it turns speech of any language into English text. */
    boolean translates() {
      return isRecognizer() && family.equals("whisper") && languages.size() != 1;
    }
  }

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
