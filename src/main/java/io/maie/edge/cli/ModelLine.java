package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One installed model as {@code models} shows it.
 *
 * @param name the folder's name
 * @param task {@code asr}, {@code vad}, or {@code ?} if that is not known
 * @param shipped whether it comes with the program
 * @param choice the reason for which a recording that asks for nothing gets it, in one clause;
 *     empty if it does not
 * @param state {@code ok} or what is wrong in a word
 * @param reason one sentence; empty if all is well
 * @param remark a further remark; may be empty
 */
public record ModelLine(
    String name,
    String task,
    String family,
    String version,
    List<String> languages,
    long bytes,
    String license,
    boolean shipped,
    String choice,
    String state,
    String reason,
    String remark) {

  public ModelLine {
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

  boolean isOk() {
    return reason.isEmpty();
  }
}
