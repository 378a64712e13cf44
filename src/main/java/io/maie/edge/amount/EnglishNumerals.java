package io.maie.edge.amount;

import java.util.List;

/** English words of whole numbers, in lower case. */
public final class EnglishNumerals {
  /** Zero to nineteen. */
  public static final List<String> BELOW_TWENTY =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");

  /** Twenty, thirty and so on to ninety. */
  public static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  private EnglishNumerals() {}
}
