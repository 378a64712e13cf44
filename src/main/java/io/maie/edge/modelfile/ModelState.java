package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

/**
 * The state of an installed model: sound, or the reason why it cannot be used.
 *
 * @param reason one sentence; empty if the model is fine
 */
public record ModelState(Kind kind, String reason) {

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

  static final ModelState OK = new ModelState(Kind.OK, "");

  public ModelState {
    requireNonNull(kind, "kind is null");
    requireNonNull(reason, "reason is null");
  }

  static ModelState incomplete(String reason) {
    return new ModelState(Kind.INCOMPLETE, reason);
  }

  static ModelState damaged(String reason) {
    return new ModelState(Kind.DAMAGED, reason);
  }

  static ModelState unknownLayout(String reason) {
    return new ModelState(Kind.UNKNOWN_LAYOUT, reason);
  }

  public boolean isOk() {
    return kind == Kind.OK;
  }
}
