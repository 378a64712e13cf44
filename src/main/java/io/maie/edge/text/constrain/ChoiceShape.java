package io.maie.edge.text.constrain;

import java.util.List;

/** A value of one of several kinds, which its first bytes or later ones tell. */
final class ChoiceShape implements Shape {
  private final List<Shape> branches;
  private final int cost;

  ChoiceShape(List<Shape> branches) {
    this.branches = List.copyOf(branches);
    cost = branches.stream().mapToInt(branch -> branch.cost(START)).min().orElse(Cost.IMPOSSIBLE);
  }

  @Override
  public void step(Frame at, FrameSet out) {
    for (Shape branch : branches) {
      branch.step(new Frame(branch, START, at.below()), out);
    }
  }

  @Override
  public int cost(long position) {
    return cost;
  }

  @Override
  public boolean mayEnd(long position) {
    return false;
  }
}
