package io.maie.edge.text.constrain;

/** A number, by an automaton over its characters. It ends where something else follows. */
final class NumberShape implements Shape {
  private final Dfa digits;
  private final int[] costs;

  NumberShape(Dfa digits) {
    this.digits = digits;
    costs = digits.costs((least, most) -> 1, 0);
  }

  @Override
  public void step(Frame at, FrameSet out) {
    int state = (int) at.position();
    int next = digits.next(state, out.octet());
    if (next != Dfa.DEAD) {
      out.add(at.at(next));
    } else if (digits.isEnd(state)) {
      at.below().step(out);
    }
  }

  @Override
  public int cost(long position) {
    return costs[(int) position];
  }

  @Override
  public boolean mayEnd(long position) {
    return digits.isEnd((int) position);
  }
}
