package io.maie.edge.text.constrain;

/**
 * A text. A place is a {@link TextMode} and a state of its {@link Characters}, which is the one
 * before a character that is half written.
 */
final class TextShape implements Shape {
  private static final int STATE_SHIFT = 32;

  /** Characters that may follow a backslash, besides {@code u} with its four digits. */
  private static final String ESCAPES = "\"\\/nrt";

  private final Characters characters;
  private final boolean canContinue;

  TextShape(Characters characters, TokenVocabulary vocabulary) {
    this.characters = characters;
    canContinue = vocabulary.canContinue();
  }

  private static long place(int mode, int state) {
    return (long) state << STATE_SHIFT | mode;
  }

  private static int mode(long position) {
    return (int) position;
  }

  private static int state(long position) {
    return (int) (position >> STATE_SHIFT);
  }

  /** The number of characters that may follow, if only their number matters; otherwise 0. */
  int plainCharacters(long position) {
    return mode(position) == TextMode.BODY ? Math.max(0, characters.admitted(state(position))) : 0;
  }

  /** Returns whether more characters are needed before the text may end. */
  boolean needsMore(long position) {
    return !characters.mayEnd(state(position));
  }

  @Override
  public void step(Frame at, FrameSet out) {
    int octet = out.octet();
    int mode = mode(at.position());
    int state = state(at.position());
    if (mode == TextMode.START) {
      if (octet == '"') {
        out.add(at.at(place(TextMode.BODY, state)));
      }
    } else if (mode == TextMode.BODY && octet == '"') {
      if (characters.mayEnd(state)) {
        out.add(at.below());
      }
    } else {
      character(at, out);
    }
  }

  private void character(Frame at, FrameSet out) {
    int mode = TextMode.next(mode(at.position()), out.octet());
    if (mode == TextMode.DEAD) {
      return;
    }
    int state = state(at.position());
    if (TextMode.isCharacter(mode)) {
      int next = characters.next(state, TextMode.least(mode));
      if (next != Characters.DEAD) {
        out.add(at.at(place(TextMode.BODY, next)));
      }
    } else if (Cost.isPossible(costToEndCharacter(mode, state))) {
      out.add(at.at(place(mode, state)));
    }
  }

  /** The fewest tokens to the end of a text in which a character is half written. */
  private int costToEndCharacter(int mode, int state) {
    if (mode == TextMode.ESCAPE) {
      int best = costOver(TextMode.next(mode, 'u'), state);
      for (int i = 0; i < ESCAPES.length(); i++) {
        int character = TextMode.least(TextMode.next(mode, ESCAPES.charAt(i)));
        best = Math.min(best, characters.costOver(state, character, character));
      }
      return Cost.sum(1, best);
    }
    return costOver(mode, state);
  }

  private int costOver(int mode, int state) {
    int after = characters.costOver(state, TextMode.least(mode), TextMode.most(mode));
    return Cost.sum(TextMode.left(mode), after);
  }

  @Override
  public int cost(long position) {
    int mode = mode(position);
    int state = state(position);
    if (mode == TextMode.START) {
      return Cost.sum(1, characters.cost(state));
    }
    if (mode == TextMode.BODY) {
      return characters.cost(state);
    }
    // the bytes that are missing must be there one by one
    return TextMode.isTail(mode) && !canContinue
        ? Cost.IMPOSSIBLE
        : costToEndCharacter(mode, state);
  }

  @Override
  public boolean mayEnd(long position) {
    return false;
  }

  @Override
  public long likeness(long position) {
    return place(mode(position), characters.likeness(state(position)));
  }
}
