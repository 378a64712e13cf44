package io.maie.edge.text.constrain;

import java.util.List;

/** One of several values that are written out, such as those of {@code enum}. */
final class FixedShape implements Shape {
  private final Literals literals = new Literals();

  FixedShape(List<byte[]> values, TokenVocabulary vocabulary) {
    for (int i = 0; i < values.size(); i++) {
      literals.add(values.get(i), i, 0, vocabulary);
    }
  }

  @Override
  public void step(Frame at, FrameSet out) {
    int node = (int) at.position();
    int next = literals.next(node, out.octet());
    if (next != Literals.NONE) {
      out.add(at.at(next));
    }
    if (mayEnd(node)) {
      at.below().step(out);
    }
  }

  @Override
  public int cost(long position) {
    return literals.cost((int) position);
  }

  @Override
  public boolean mayEnd(long position) {
    return literals.ends((int) position) != Literals.NONE;
  }
}
