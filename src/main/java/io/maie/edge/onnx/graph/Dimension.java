package io.maie.edge.onnx.graph;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A whole number that a graph computes with, mostly the size of an axis: known, or only known to
 * equal others (union-find, Galler and Fischer 1964). Not thread-safe.
 */
final class Dimension {
  private final OptionalLong value;

  /** Dimension that this equals; null at the end of the chain. */
  private @Nullable Dimension equal;

  private Dimension(OptionalLong value) {
    this.value = value;
  }

  static Dimension of(long value) {
    return new Dimension(OptionalLong.of(value));
  }

  static Dimension unknown() {
    return new Dimension(OptionalLong.empty());
  }

  /** Empty if only a run knows. */
  OptionalLong value() {
    return last().value;
  }

  boolean is(long expected) {
    return value().isPresent() && value().getAsLong() == expected;
  }

  /** Returns whether the two are equal in every run. */
  boolean isSame(Dimension other) {
    return last() == other.last() || (value().isPresent() && value().equals(other.value()));
  }

  /** Remembers that no run goes on where the two differ. */
  void unite(Dimension other) {
    Dimension mine = last();
    Dimension theirs = other.last();
    if (mine == theirs) {
      return;
    }
    if (mine.value.isEmpty()) {
      mine.equal = theirs;
    } else if (theirs.value.isEmpty()) {
      theirs.equal = mine;
    }
  }

  /** The size along an axis of two tensors, where a tensor of size 1 is repeated. */
  static Dimension broadcast(Dimension one, Dimension other) {
    if (one.isSame(other) || other.is(1)) {
      return one;
    }
    if (one.is(1)) {
      return other;
    }
    if (one.value().isPresent()) {
      return one;
    }
    return other.value().isPresent() ? other : unknown();
  }

  private Dimension last() {
    Dimension last = this;
    while (last.equal != null) {
      last = last.equal;
    }
    return last;
  }

  @Override
  public String toString() {
    return value().isPresent() ? Long.toString(value().getAsLong()) : "?";
  }
}
