package io.maie.edge.text.constrain;

import java.util.BitSet;

/** Tells which tokens may come next in one answer. Used by one thread. */
public final class TokenConstraint {
  private final SchemaConstraint schema;
  private FrameSet frames = new FrameSet();
  private int left;

  TokenConstraint(SchemaConstraint schema, int tokens) {
    this.schema = schema;
    left = tokens;
    frames.add(schema.first());
  }

  /**
   * Replaces {@code into} by the tokens that may come next: after each of them the answer can be
   * completed, with the tokens that are left. There are none once nothing can follow; until then
   * {@link #mayEnd} or at least one token is there.
   */
  public void allowed(BitSet into) {
    into.clear();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      schema.mask(frame).addTo(into, left - 1 - frame.cost());
    }
  }

  /**
   * Goes on after a token.
   *
   * @param token one of those that are allowed
   * @throws IllegalArgumentException if it cannot follow
   */
  public void accept(int token) {
    FrameSet next = after(token);
    if (next.isEmpty() || next.cost() > left - 1) {
      throw new IllegalArgumentException("the token cannot follow: " + token);
    }
    frames = next;
    if (left < Integer.MAX_VALUE) {
      left--;
    }
  }

  /** Returns whether the answer is complete and valid as it is. */
  public boolean mayEnd() {
    return frames.mayEnd();
  }

  private FrameSet after(int token) {
    FrameSet at = frames;
    byte[] bytes = schema.vocabulary().bytes(token);
    if (bytes.length == 0) {
      return new FrameSet();
    }
    for (byte octet : bytes) {
      FrameSet next = new FrameSet();
      next.follow(at, octet & 0xFF);
      at = next;
    }
    return at;
  }
}
