package io.maie.edge.modelfile;

import io.maie.edge.failure.ProcessingException;

/**
 * The state of an installed model: sound, or the reason why it cannot be used.
 *
 * @param reason one sentence; empty if the model is fine
 * @param hint what a person can do; empty if it depends on where the model is from
 */
public record ModelState(Kind kind, String reason, String hint) {

  /** Kinds of state, from good to bad. */
  public enum Kind {
    /** Every file is there, with its size and checksum. */
    OK,
    /** A file is missing. */
    INCOMPLETE,
    /** A file differs from what the manifest says, or the manifest itself cannot be read. */
    DAMAGED,
    /** Nothing that this program knows how to run. */
    UNKNOWN_LAYOUT
  }

  static final ModelState OK = new ModelState(Kind.OK, "", "");

  static ModelState incomplete(String reason) {
    return new ModelState(Kind.INCOMPLETE, reason, "");
  }

  static ModelState damaged(String reason) {
    return new ModelState(Kind.DAMAGED, reason, "");
  }

  /** A folder that a layout refuses, which may know what helps. */
  static ModelState refused(ProcessingException refusal) {
    return new ModelState(
        Kind.DAMAGED, String.valueOf(refusal.getMessage()), refusal.hint().orElse(""));
  }

  static ModelState unknownLayout(String reason) {
    return new ModelState(Kind.UNKNOWN_LAYOUT, reason, "");
  }

  public boolean isOk() {
    return kind == Kind.OK;
  }
}
