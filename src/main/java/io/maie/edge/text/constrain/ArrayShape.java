package io.maie.edge.text.constrain;

import java.util.List;

/** A list. A place is a phase and the number of items that are complete. */
final class ArrayShape implements Shape {
  private static final int PHASE_BITS = 3;
  private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;

  /** After the bracket that opens it. */
  private static final int OPENED = 1;

  private static final int AFTER_ITEM = 2;
  private static final int AFTER_COMMA = 3;
  private static final int AFTER_BLANK = 4;

  private final List<Shape> prefix;
  private final Shape rest;
  private final int fewest;
  private final int most;
  private final int horizon;

  /** Tokens to the end after so many items; the last entry holds for more. */
  private final int[] costs;

  /**
   * A list.
   *
   * @param prefix kinds of the first items
   * @param rest kind of all further items
   * @param most {@link Integer#MAX_VALUE} if there is no limit
   * @param horizon the most items that one token can complete
   */
  ArrayShape(List<Shape> prefix, Shape rest, int fewest, int most, int horizon) {
    this.prefix = List.copyOf(prefix);
    this.rest = rest;
    this.fewest = fewest;
    this.most = possible(most);
    this.horizon = horizon;
    costs = new int[fewest + 1];
    costs[fewest] = fewest > this.most ? Cost.IMPOSSIBLE : 1;
    for (int done = fewest - 1; done >= 0; done--) {
      int item = Cost.sum(item(done).cost(START), costs[done + 1]);
      costs[done] = done == 0 ? item : Cost.sum(1, item);
    }
  }

  private int possible(int wanted) {
    for (int i = 0; i < prefix.size(); i++) {
      if (!Cost.isPossible(item(i).cost(START))) {
        return Math.min(i, wanted);
      }
    }
    return Cost.isPossible(rest.cost(START)) ? wanted : Math.min(prefix.size(), wanted);
  }

  private Shape item(int index) {
    return index < prefix.size() ? prefix.get(index) : rest;
  }

  private static long place(int phase, int done) {
    return (long) done << PHASE_BITS | phase;
  }

  private static int phase(long position) {
    return (int) position & PHASE_MASK;
  }

  private static int done(long position) {
    return (int) (position >> PHASE_BITS);
  }

  @Override
  public void step(Frame at, FrameSet out) {
    int octet = out.octet();
    int done = done(at.position());
    switch (phase(at.position())) {
      case OPENED -> {
        if (octet == ']') {
          close(at, out);
        } else if (most > 0) {
          item(at, out);
        }
      }
      case AFTER_ITEM -> {
        if (octet == ']') {
          close(at, out);
        } else if (octet == ',' && done < most) {
          out.add(at.at(place(AFTER_COMMA, done)));
        }
      }
      case AFTER_COMMA -> {
        if (octet == ' ') {
          out.add(at.at(place(AFTER_BLANK, done)));
        } else {
          item(at, out);
        }
      }
      case AFTER_BLANK -> item(at, out);
      default -> {
        if (octet == '[') {
          out.add(at.at(place(OPENED, 0)));
        }
      }
    }
  }

  private void close(Frame at, FrameSet out) {
    if (done(at.position()) >= fewest) {
      out.add(at.below());
    }
  }

  private void item(Frame at, FrameSet out) {
    int done = done(at.position());
    Shape item = item(done);
    Frame after = at.at(place(AFTER_ITEM, counted(done + 1)));
    item.step(new Frame(item, START, after), out);
  }

  /** Without a limit there is no need to count any further. */
  private int counted(int done) {
    return most == Integer.MAX_VALUE ? Math.min(done, Math.max(fewest, prefix.size())) : done;
  }

  private int costAfter(int done) {
    return costs[Math.min(done, fewest)];
  }

  @Override
  public int cost(long position) {
    int done = done(position);
    return switch (phase(position)) {
      case OPENED, AFTER_ITEM -> costAfter(done);
      case AFTER_COMMA, AFTER_BLANK ->
          Cost.sum(item(done).cost(START), costAfter(counted(done + 1)));
      default -> Cost.sum(1, costAfter(0));
    };
  }

  @Override
  public boolean mayEnd(long position) {
    return false;
  }

  @Override
  public long likeness(long position) {
    int done = done(position);
    if (done < prefix.size()) {
      return position;
    }
    int required = Math.min(horizon, Math.max(0, fewest - done));
    int admitted = most == Integer.MAX_VALUE ? horizon : Math.min(horizon, most - done);
    return -1 - place(phase(position), required * (horizon + 1) + admitted);
  }
}
