package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A model could not be pulled, and trying the same again at once would not help. */
public final class HubException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Kind of fault. */
  public enum Kind {
    /** The hub has no such repository, revision or file. */
    NOT_FOUND,
    /** The hub asks for a token, or refuses it. */
    REFUSED,
    /** Content that differs from its declaration, or a declaration that cannot be true. */
    DAMAGED,
    /** The hub, or something on the way to it, does not answer as it should. */
    UNREACHABLE,
    /** Another process pulls the same model. */
    BUSY,
    /** The disk has too little space. */
    DISK_FULL
  }

  private final Kind kind;
  private final String hint;

  HubException(Kind kind, String message, String hint) {
    this(kind, message, hint, null);
  }

  HubException(Kind kind, String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind is null");
    this.hint = requireNonNull(hint, "hint is null");
  }

  /** The hub declared something that cannot be. */
  static HubException hostile(String message) {
    return new HubException(
        Kind.DAMAGED, message, "Do not use this repository, or ask its publisher");
  }

  public Kind kind() {
    return kind;
  }

  /** Advice for a person. */
  public String hint() {
    return hint;
  }
}
