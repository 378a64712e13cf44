package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;

/**
 * Completeness of a recording, as far as its container says.
 *
 * @param explanation a clause for people, such as "the WAV header declares 12.3 MB, 4.1 MB are
 *     there"
 * @param missingBytes the number of missing declared bytes; 0 if none are or it is not known
 */
public record Completeness(State state, String explanation, long missingBytes) {
  /** More than any recording has: a writer that declares it does not know the size. */
  private static final long ABSURD = 1L << 40;

  /** State of the check. */
  public enum State {
    /** Everything that the container declares is there. */
    WHOLE,
    /** The container declares more than is there, or lacks what decoding needs. */
    INCOMPLETE,
    /** The writer has not closed the container yet; its present content decodes. */
    GROWING,
    /** The container does not say, or is not known. */
    CANNOT_TELL
  }

  static Completeness whole(String explanation) {
    return new Completeness(State.WHOLE, explanation, 0);
  }

  static Completeness incomplete(String explanation) {
    return new Completeness(State.INCOMPLETE, explanation, 0);
  }

  /** Fewer bytes are there than the container declares. */
  static Completeness missing(Amount amount) {
    long bytes = amount.declared() < 0 ? Long.MAX_VALUE : amount.declared() - amount.present();
    return new Completeness(State.INCOMPLETE, amount.missing(), Math.max(0, bytes));
  }

  /** The same for a header that may declare a size that nothing has, which is no size then. */
  static Completeness missingUnlessAbsurd(Amount amount) {
    return amount.declared() < 0 || amount.declared() > ABSURD
        ? growing("the " + amount.what() + " declares a size that no recording has")
        : missing(amount);
  }

  /** So many bytes at the end have a place on the disk, and nobody has written them. */
  static Completeness reserved(long bytes) {
    return new Completeness(
        State.INCOMPLETE,
        "its last " + Amounts.bytes(bytes) + " were reserved and never written",
        bytes);
  }

  static Completeness growing(String explanation) {
    return new Completeness(State.GROWING, explanation, 0);
  }

  static Completeness cannotTell(String explanation) {
    return new Completeness(State.CANNOT_TELL, explanation, 0);
  }
}
