package io.maie.edge.evaluation;

import io.maie.edge.amount.EnglishNumerals;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * English numerals as words.
 *
 * <ul>
 *   <li>Cardinals up to fifteen digits, with or without commas: {@code 1,204} is "one thousand two
 *       hundred four". Longer ones, and those that begin with a zero, are read digit by digit.
 *   <li>Four digits from 1100 to 1999 without a comma are read as a year: {@code 1984} is "nineteen
 *       eighty four", {@code 1905} "nineteen oh five", {@code 1900} "nineteen hundred".
 *   <li>Decimals are read digit by digit behind "point"; ordinals ({@code 23rd}) and percents are
 *       words; signs of currency are left out.
 * </ul>
 */
final class SpelledNumbers {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.(\\d+))?(st|nd|rd|th)?(\\s?%)?"
              + "(?![\\p{L}\\p{N}])");

  private static final int LONGEST = 15;
  private static final int FIRST_YEAR = 1100;
  private static final int LAST_YEAR = 1999;
  private static final long THOUSAND = 1000;

  private static final List<String> GROUPS =
      List.of("", "thousand", "million", "billion", "trillion");

  private SpelledNumbers() {}

  /** {@code text}, lower-case, with its numerals spelled out. */
  static String spell(String text) {
    return NUMBER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(spelled(match)));
  }

  private static String spelled(MatchResult match) {
    String digits = match.group(1);
    List<String> words = new ArrayList<>(whole(digits));
    if (match.group(2) != null) {
      words.add("point");
      words.addAll(singly(match.group(2)));
    }
    if (match.group(3) != null) {
      words.add(ordinal(words.remove(words.size() - 1)));
    }
    if (match.group(4) != null) {
      words.add("percent");
    }
    return " " + String.join(" ", words) + " ";
  }

  private static List<String> whole(String written) {
    String digits = written.replace(",", "");
    if (digits.length() > LONGEST || (digits.length() > 1 && digits.startsWith("0"))) {
      return singly(digits);
    }
    long number = Long.parseLong(digits);
    boolean isYear = number >= FIRST_YEAR && number <= LAST_YEAR && !written.contains(",");
    return isYear ? year((int) number) : cardinal(number);
  }

  private static List<String> singly(String digits) {
    return digits.chars().mapToObj(digit -> EnglishNumerals.BELOW_TWENTY.get(digit - '0')).toList();
  }

  private static List<String> year(int year) {
    List<String> words = new ArrayList<>(belowThousand(year / 100));
    int rest = year % 100;
    if (rest == 0) {
      words.add("hundred");
    } else {
      if (rest < 10) {
        words.add("oh");
      }
      words.addAll(belowThousand(rest));
    }
    return words;
  }

  private static List<String> cardinal(long number) {
    if (number == 0) {
      return List.of(EnglishNumerals.BELOW_TWENTY.get(0));
    }
    List<String> words = new ArrayList<>();
    long unit = THOUSAND * THOUSAND * THOUSAND * THOUSAND;
    for (int group = GROUPS.size() - 1; group >= 0; group--) {
      int part = (int) (number / unit % THOUSAND);
      if (part > 0) {
        words.addAll(belowThousand(part));
        if (group > 0) {
          words.add(GROUPS.get(group));
        }
      }
      unit /= THOUSAND;
    }
    return words;
  }

  private static List<String> belowThousand(int number) {
    List<String> words = new ArrayList<>();
    if (number >= 100) {
      words.add(EnglishNumerals.BELOW_TWENTY.get(number / 100));
      words.add("hundred");
    }
    int rest = number % 100;
    if (rest >= EnglishNumerals.BELOW_TWENTY.size()) {
      words.add(EnglishNumerals.TENS.get(rest / 10 - 2));
      rest %= 10;
    }
    if (rest > 0) {
      words.add(EnglishNumerals.BELOW_TWENTY.get(rest));
    }
    return words;
  }

  private static String ordinal(String cardinal) {
    return switch (cardinal) {
      case "one" -> "first";
      case "two" -> "second";
      case "three" -> "third";
      case "five" -> "fifth";
      case "eight" -> "eighth";
      case "nine" -> "ninth";
      case "twelve" -> "twelfth";
      default ->
          cardinal.endsWith("y")
              ? cardinal.substring(0, cardinal.length() - 1) + "ieth"
              : cardinal + "th";
    };
  }
}
