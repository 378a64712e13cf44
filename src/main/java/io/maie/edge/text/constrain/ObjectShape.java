package io.maie.edge.text.constrain;

import java.util.ArrayList;
import java.util.List;

/**
 * An object whose members come in the order of the schema. A place is a phase, the number of a
 * member, and within a name the node of {@link Literals}.
 */
final class ObjectShape implements Shape {
  private static final int PHASE_BITS = 4;
  private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;
  private static final int MEMBER_BITS = 20;
  private static final int MEMBER_MASK = (1 << MEMBER_BITS) - 1;

  /** After the brace that opens it. */
  private static final int OPENED = 1;

  /** Within a name and the colon after it. */
  private static final int NAME = 2;

  private static final int AFTER_COLON = 3;
  private static final int AFTER_COLON_AND_BLANK = 4;
  private static final int AFTER_MEMBER = 5;
  private static final int AFTER_COMMA = 6;
  private static final int AFTER_COMMA_AND_BLANK = 7;

  private final List<Member> members;

  /** The names that may come next, by the number of members before them. */
  private final List<Literals> names = new ArrayList<>();

  /** Tokens to the end after a member, when those before a number are settled. */
  private final int[] costs;

  /** The first required member from a number on; the number of members if there is none. */
  private final int[] required;

  /**
   * A member of an object.
   *
   * @param name as it is written, with quotes and colon
   */
  // the array lives within one schema
  @SuppressWarnings("ArrayRecordComponent")
  record Member(byte[] name, Shape value, boolean isRequired) {}

  /** An object; members without possible value are left out if they may be. */
  ObjectShape(List<Member> members, TokenVocabulary vocabulary) {
    this.members =
        members.stream().filter(m -> m.isRequired || Cost.isPossible(m.value.cost(START))).toList();
    int count = this.members.size();
    costs = new int[count + 1];
    required = new int[count + 1];
    required[count] = count;
    costs[count] = 1;
    names.add(new Literals());
    for (int next = count - 1; next >= 0; next--) {
      required[next] = this.members.get(next).isRequired ? next : required[next + 1];
      Literals own = new Literals();
      for (int i = next; i <= Math.min(required[next], count - 1); i++) {
        int after = Cost.sum(this.members.get(i).value.cost(START), costs[i + 1]);
        own.add(this.members.get(i).name, i, after, vocabulary);
      }
      names.add(0, own);
      costs[next] = mayClose(next) ? 1 : Cost.sum(1, own.cost(0));
    }
  }

  private boolean mayClose(int next) {
    return required[next] == members.size();
  }

  private static long place(int phase, int member) {
    return (long) member << PHASE_BITS | phase;
  }

  private static int phase(long position) {
    return (int) position & PHASE_MASK;
  }

  private static int member(long position) {
    return (int) (position >> PHASE_BITS) & MEMBER_MASK;
  }

  private static int node(long position) {
    return (int) (position >> (PHASE_BITS + MEMBER_BITS));
  }

  @Override
  public void step(Frame at, FrameSet out) {
    int octet = out.octet();
    int member = member(at.position());
    switch (phase(at.position())) {
      case OPENED -> {
        if (octet == '}') {
          close(at, out);
        } else {
          name(at, out);
        }
      }
      case NAME -> name(at, out);
      case AFTER_COLON -> {
        if (octet == ' ') {
          out.add(at.at(place(AFTER_COLON_AND_BLANK, member)));
        } else {
          value(at, out);
        }
      }
      case AFTER_COLON_AND_BLANK -> value(at, out);
      case AFTER_MEMBER -> {
        if (octet == '}') {
          close(at, out);
        } else if (octet == ',' && member < members.size()) {
          out.add(at.at(place(AFTER_COMMA, member)));
        }
      }
      case AFTER_COMMA -> {
        if (octet == ' ') {
          out.add(at.at(place(AFTER_COMMA_AND_BLANK, member)));
        } else {
          name(at, out);
        }
      }
      case AFTER_COMMA_AND_BLANK -> name(at, out);
      default -> {
        if (octet == '{') {
          out.add(at.at(place(OPENED, 0)));
        }
      }
    }
  }

  private void close(Frame at, FrameSet out) {
    if (mayClose(member(at.position()))) {
      out.add(at.below());
    }
  }

  private void name(Frame at, FrameSet out) {
    int next = member(at.position());
    Literals candidates = names.get(next);
    int after = candidates.next(node(at.position()), out.octet());
    if (after == Literals.NONE) {
      return;
    }
    int named = candidates.ends(after);
    long place =
        named == Literals.NONE
            ? ((long) after << (PHASE_BITS + MEMBER_BITS)) | place(NAME, next)
            : place(AFTER_COLON, named);
    out.add(at.at(place));
  }

  private void value(Frame at, FrameSet out) {
    int member = member(at.position());
    Shape value = members.get(member).value;
    value.step(new Frame(value, START, at.at(place(AFTER_MEMBER, member + 1))), out);
  }

  @Override
  public int cost(long position) {
    int member = member(position);
    return switch (phase(position)) {
      case OPENED -> costOpened();
      case NAME -> names.get(member).cost(node(position));
      case AFTER_COLON, AFTER_COLON_AND_BLANK ->
          Cost.sum(members.get(member).value.cost(START), costs[member + 1]);
      case AFTER_MEMBER -> costs[member];
      case AFTER_COMMA, AFTER_COMMA_AND_BLANK -> names.get(member).cost(0);
      default -> Cost.sum(1, costOpened());
    };
  }

  /** Tokens to the end of an object without members so far. */
  private int costOpened() {
    return mayClose(0) ? 1 : names.get(0).cost(0);
  }

  @Override
  public boolean mayEnd(long position) {
    return false;
  }
}
