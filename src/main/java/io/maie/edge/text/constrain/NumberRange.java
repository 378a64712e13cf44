package io.maie.edge.text.constrain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers between two bounds in plain notation, such as {@code -12.5}: no exponent, no leading
 * zeros, no minus before a zero, and a limited number of digits, so that every number survives as a
 * double.
 */
final class NumberRange {
  /** Digits before the point, unless the bounds ask for more. */
  private static final int WHOLE_DIGITS = 12;

  /** Digits after the point, unless the bounds ask for more. */
  private static final int FRACTION_DIGITS = 3;

  private static final int MOST_DIGITS = 18;

  /**
   * A number that is being written: the digits to come lie between those of two bounds.
   *
   * @param least digits to come of the lower bound, those after the point included
   * @param most as many of the upper bound
   * @param whole digits to come before the point
   * @param hasPoint whether the point is written
   */
  private record Digits(String least, String most, int whole, boolean hasPoint) {

    Optional<Digits> and(int digit) {
      int low = least.charAt(0) - '0';
      int high = most.charAt(0) - '0';
      if (digit < low || digit > high) {
        return Optional.empty();
      }
      int left = least.length() - 1;
      return Optional.of(
          new Digits(
              digit == low ? least.substring(1) : "0".repeat(left),
              digit == high ? most.substring(1) : "9".repeat(left),
              Math.max(0, whole - 1),
              hasPoint));
    }
  }

  private final BigInteger least;
  private final BigInteger most;

  /** Digits after the point; the bounds count units of the last of them. */
  private final int scale;

  private NumberRange(BigInteger least, BigInteger most, int scale) {
    this.least = least;
    this.most = most;
    this.scale = scale;
  }

  /**
   * The automaton of the integers between two bounds, both included.
   *
   * @return empty if there are none, or if a bound has too many digits
   */
  static Optional<Dfa> integers(Bounds bounds) {
    return new NumberRange(bounds.least(0, WHOLE_DIGITS), bounds.most(0, WHOLE_DIGITS), 0).dfa();
  }

  /**
   * The automaton of the decimal numbers between two bounds.
   *
   * @return empty if there are none, or if a bound has too many digits
   */
  static Optional<Dfa> decimals(Bounds bounds) {
    int scale = Math.max(FRACTION_DIGITS, bounds.scale() + 1);
    if (scale > MOST_DIGITS) {
      return Optional.empty();
    }
    return new NumberRange(
            bounds.least(scale, WHOLE_DIGITS), bounds.most(scale, WHOLE_DIGITS), scale)
        .dfa();
  }

  /**
   * Bounds of a number, each of which may be missing.
   *
   * @param least the lower bound
   * @param isLeastExcluded whether the number must be greater
   * @param most the upper bound
   * @param isMostExcluded whether the number must be less
   */
  record Bounds(
      Optional<BigDecimal> least,
      boolean isLeastExcluded,
      Optional<BigDecimal> most,
      boolean isMostExcluded) {

    private int scale() {
      return Math.max(
          least.map(BigDecimal::scale).orElse(0), most.map(BigDecimal::scale).orElse(0));
    }

    private BigInteger least(int scale, int digits) {
      if (least.isEmpty()) {
        BigInteger limit = BigInteger.TEN.pow(scale + digits).negate().add(BigInteger.ONE);
        return most.isPresent() ? limit.min(most(scale, digits)) : limit;
      }
      BigDecimal scaled = least.get().movePointRight(scale);
      BigInteger bound = scaled.setScale(0, RoundingMode.CEILING).unscaledValue();
      boolean isBound = isLeastExcluded && scaled.compareTo(new BigDecimal(bound)) == 0;
      return isBound ? bound.add(BigInteger.ONE) : bound;
    }

    private BigInteger most(int scale, int digits) {
      if (most.isEmpty()) {
        BigInteger limit = BigInteger.TEN.pow(scale + digits).subtract(BigInteger.ONE);
        return least.isPresent() ? limit.max(least(scale, digits)) : limit;
      }
      BigDecimal scaled = most.get().movePointRight(scale);
      BigInteger bound = scaled.setScale(0, RoundingMode.FLOOR).unscaledValue();
      boolean isBound = isMostExcluded && scaled.compareTo(new BigDecimal(bound)) == 0;
      return isBound ? bound.subtract(BigInteger.ONE) : bound;
    }
  }

  private Optional<Dfa> dfa() {
    boolean isTooLong =
        Math.max(least.abs().toString().length(), most.abs().toString().length()) > MOST_DIGITS;
    if (isTooLong || least.compareTo(most) > 0) {
      return Optional.empty();
    }
    Set<Digits> positive = begun(least.max(BigInteger.ZERO), most);
    Set<Digits> negative = begun(most.negate().max(BigInteger.ONE), least.negate());
    // no digits stand for the start, where a minus may come
    Set<Digits> start = Set.of();
    return Dfa.explore(
        start,
        state -> state.isEmpty() ? start(positive, negative) : moves(state),
        state -> state.stream().anyMatch(this::mayEnd));
  }

  private List<Dfa.Move<Set<Digits>>> start(Set<Digits> positive, Set<Digits> negative) {
    List<Dfa.Move<Set<Digits>>> moves = new ArrayList<>(moves(positive));
    if (!negative.isEmpty()) {
      moves.add(new Dfa.Move<>('-', '-', negative));
    }
    return moves;
  }

  /** Numbers between two of one sign, for each number of digits before the point. */
  private Set<Digits> begun(BigInteger from, BigInteger to) {
    Set<Digits> begun = new HashSet<>();
    for (int whole = 1; whole + scale <= Math.max(to.toString().length(), scale + 1); whole++) {
      BigInteger first = whole == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(whole - 1 + scale);
      BigInteger low = from.max(first);
      BigInteger high = to.min(BigInteger.TEN.pow(whole + scale).subtract(BigInteger.ONE));
      if (low.compareTo(high) <= 0) {
        begun.add(new Digits(padded(low, whole), padded(high, whole), whole, false));
      }
    }
    return begun;
  }

  private String padded(BigInteger number, int whole) {
    String digits = number.toString();
    return "0".repeat(whole + scale - digits.length()) + digits;
  }

  private List<Dfa.Move<Set<Digits>>> moves(Set<Digits> state) {
    List<Dfa.Move<Set<Digits>>> moves = new ArrayList<>();
    for (int digit = 0; digit <= 9; digit++) {
      Set<Digits> next = new HashSet<>();
      for (Digits digits : state) {
        boolean takesDigit = digits.whole > 0 || (digits.hasPoint && !digits.least.isEmpty());
        if (takesDigit) {
          digits.and(digit).ifPresent(next::add);
        }
      }
      if (!next.isEmpty()) {
        moves.add(new Dfa.Move<>('0' + digit, '0' + digit, next));
      }
    }
    Set<Digits> pointed = new HashSet<>();
    for (Digits digits : state) {
      if (digits.whole == 0 && !digits.hasPoint && scale > 0) {
        pointed.add(new Digits(digits.least, digits.most, 0, true));
      }
    }
    if (!pointed.isEmpty()) {
      moves.add(new Dfa.Move<>('.', '.', pointed));
    }
    return moves;
  }

  /** Returns whether the number is within the bounds if nothing follows. */
  private boolean mayEnd(Digits digits) {
    boolean isWhole = !digits.hasPoint || digits.least.length() < scale;
    return digits.whole == 0 && isWhole && digits.least.chars().allMatch(digit -> digit == '0');
  }
}
