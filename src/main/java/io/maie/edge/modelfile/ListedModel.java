package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One installed model as people see it.
 *
 * @param name the folder's name
 * @param task {@code asr}, {@code vad}, or {@code ?} if that is not known
 * @param isShipped whether it comes with the program
 * @param choice the reason for which a recording that asks for nothing gets it, in one clause;
 *     empty if it does not
 * @param state {@code ok} or what is wrong in a word
 * @param reason one sentence; empty if all is well
 * @param remark a further remark; may be empty
 */
public record ListedModel(
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
    String remark) {

  public ListedModel {
    requireNonNull(name, "name is null");
    requireNonNull(choice, "choice is null");
    requireNonNull(state, "state is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(remark, "remark is null");
    languages = List.copyOf(languages);
  }

  /** Returns whether a recording that asks for nothing gets it. */
  public boolean inUse() {
    return !choice.isEmpty();
  }

  /** Returns whether it can be used. */
  public boolean isOk() {
    return reason.isEmpty();
  }

  /** Returns whether it turns speech into text. */
  public boolean isRecognizer() {
    return task.equals(ModelTask.ASR.label());
  }

  /** Returns whether it turns speech of any language into English text. */
  public boolean translates() {
    return isRecognizer() && family.equals("whisper") && languages.size() != 1;
  }
}
