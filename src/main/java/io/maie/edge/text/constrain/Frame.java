package io.maie.edge.text.constrain;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a document: the place in a value, and the places in the values around it. Immutable;
 * equal frames admit the same continuations.
 */
final class Frame {
  /** After the document. */
  static final Frame END = new Frame();

  private final Shape shape;
  private final long position;

  /** The place that follows this value; {@link #END} is below itself. */
  private final Frame below;

  private final int cost;
  private final int hash;

  private Frame() {
    shape = new Nothing();
    position = Shape.START;
    below = this;
    cost = 0;
    hash = 0;
  }

  Frame(Shape shape, long position, Frame below) {
    this.shape = shape;
    this.position = position;
    this.below = below;
    cost = Cost.sum(shape.cost(position), below.cost);
    hash = (System.identityHashCode(shape) * 31 + Long.hashCode(position)) * 31 + below.hash;
  }

  Shape shape() {
    return shape;
  }

  long position() {
    return position;
  }

  Frame below() {
    return below;
  }

  /** A later place in the same value. */
  Frame at(long next) {
    return new Frame(shape, next, below);
  }

  /** The number of tokens that complete the document from here. */
  int cost() {
    return cost;
  }

  void step(FrameSet out) {
    shape.step(this, out);
  }

  private boolean isEnd() {
    return shape instanceof Nothing;
  }

  /** Returns whether the document is complete. */
  boolean mayEnd() {
    return isEnd() || (shape.mayEnd(position) && below.mayEnd());
  }

  /** Equal for frames where the same tokens may follow, at the same further costs. */
  List<Object> likeness() {
    List<Object> parts = new ArrayList<>();
    for (Frame frame = this; !frame.isEnd(); frame = frame.below) {
      parts.add(frame.shape);
      parts.add(frame.shape.likeness(frame.position));
    }
    return parts;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Frame frame && isLike(frame));
  }

  // shapes are compared as the objects that they are
  @SuppressWarnings("ReferenceEquality")
  private boolean isLike(Frame frame) {
    return hash == frame.hash
        && shape == frame.shape
        && position == frame.position
        && below.equals(frame.below);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The shape that follows a document. */
  private static final class Nothing implements Shape {
    @Override
    public void step(Frame at, FrameSet out) {
      // nothing follows
    }

    @Override
    public int cost(long position) {
      return 0;
    }

    @Override
    public boolean mayEnd(long position) {
      return true;
    }
  }
}
