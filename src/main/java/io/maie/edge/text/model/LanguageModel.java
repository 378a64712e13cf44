package io.maie.edge.text.model;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;

/** A language model that follows instructions, wherever it runs. Used by one thread. */
public interface LanguageModel {

  /** The engine as results call it, such as {@code server}. */
  String engine();

  /** The name by which results call the model. */
  String name();

  /** The most tokens that a prompt and its answer may have together. */
  int contextTokens();

  /** The number of tokens of {@code text}; an estimate is rather too high. */
  int tokens(String text);

  /**
   * The answer to a prompt. Reports progress from 0 to 1, and gives a sign of life at least once a
   * second.
   *
   * @throws ModelException if there is no answer
   */
  Answer answer(Prompt prompt, StageContext context) throws ModelException, TaskStoppedException;
}
