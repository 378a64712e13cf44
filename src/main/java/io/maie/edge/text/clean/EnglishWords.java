package io.maie.edge.text.clean;

import io.maie.edge.amount.EnglishNumerals;
import io.maie.edge.text.clean.NumberWriter.Spoken;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** English number words and how they add up. */
final class EnglishWords {
  private static final Map<String, Long> SCALES =
      Map.of("thousand", 1_000L, "million", 1_000_000L, "billion", 1_000_000_000L);
  private static final List<String> ORDINALS =
      List.of(
          "zeroth",
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "sixth",
          "seventh",
          "eighth",
          "ninth",
          "tenth",
          "eleventh",
          "twelfth",
          "thirteenth",
          "fourteenth",
          "fifteenth",
          "sixteenth",
          "seventeenth",
          "eighteenth",
          "nineteenth");

  private EnglishWords() {}

  /** A value, and how many words it took; none if it is not there. */
  record Parsed(long value, int words) {
    static final Parsed NONE = new Parsed(0, 0);
  }

  static int unit(String word) {
    return EnglishNumerals.BELOW_TWENTY.indexOf(word);
  }

  static boolean isZero(String word) {
    return word.equals("oh") || word.equals("o") || word.equals("zero");
  }

  /** Returns whether the word multiplies the one before. */
  static boolean isScale(String word) {
    return SCALES.containsKey(word) || word.equals("hundred");
  }

  static boolean isNumber(String word) {
    return unit(word) >= 0
        || EnglishNumerals.TENS.contains(word)
        || isScale(word)
        || (word.contains("-")
            && EnglishNumerals.TENS.contains(word.substring(0, word.indexOf('-'))));
  }

  static Parsed below100(Spoken words, int at) {
    String word = words.word(at);
    if (unit(word) >= 0) {
      return new Parsed(unit(word), 1);
    }
    String[] parts = word.split("-", 2);
    int ten = EnglishNumerals.TENS.indexOf(parts[0]);
    if (ten < 0) {
      return Parsed.NONE;
    }
    long value = 10L * (ten + 2);
    if (parts.length == 2) {
      return unit(parts[1]) > 0 ? new Parsed(value + unit(parts[1]), 1) : Parsed.NONE;
    }
    int unit = unit(words.word(at + 1));
    return unit > 0 && unit < 10 ? new Parsed(value + unit, 2) : new Parsed(value, 1);
  }

  /** Returns whether the word ends an ordinal. */
  static boolean endsOrdinal(String word) {
    return ORDINALS.contains(word.substring(word.indexOf('-') + 1)) || word.endsWith("tieth");
  }

  /** "Nineteen eighties", "twenty twenties". */
  static Parsed decade(Spoken words) {
    int century = words.word(0).equals("twenty") ? 20 : unit(words.word(0));
    int decade = EnglishNumerals.TENS.indexOf(words.word(1).replaceFirst("ies$", "y"));
    boolean isOne = century >= 16 && century <= 20 && words.word(1).endsWith("ies") && decade >= 0;
    return isOne ? new Parsed(century * 100L + 10L * (decade + 2), 2) : Parsed.NONE;
  }

  static Parsed ordinal(Spoken words, int at) {
    String[] parts = words.word(at).split("-", 2);
    int simple = ORDINALS.indexOf(parts[0]);
    if (simple > 0) {
      return new Parsed(simple, 1);
    }
    int ten = EnglishNumerals.TENS.indexOf(parts[0]);
    if (ten >= 0) {
      int unit = ORDINALS.indexOf(parts.length == 2 ? parts[1] : words.word(at + 1));
      return unit > 0 && unit < 10
          ? new Parsed(10L * (ten + 2) + unit, parts.length == 2 ? 1 : 2)
          : Parsed.NONE;
    }
    int round = EnglishNumerals.TENS.indexOf(parts[0].replaceFirst("ieth$", "y"));
    return round >= 0 && parts[0].endsWith("ieth") ? new Parsed(10L * (round + 2), 1) : Parsed.NONE;
  }

  /** "Nineteen eighty six", "twenty twenty six", "nineteen oh five". */
  static Parsed year(Spoken words) {
    int century = unit(words.word(0));
    if (!(century >= 16 && century <= 19) && !words.word(0).equals("twenty")) {
      return Parsed.NONE;
    }
    long hundreds = century < 0 ? 20 : century;
    if (isZero(words.word(1)) && unit(words.word(2)) > 0 && unit(words.word(2)) < 10) {
      return new Parsed(hundreds * 100 + unit(words.word(2)), 3);
    }
    Parsed rest = below100(words, 1);
    boolean goesOn = SCALES.containsKey(words.word(1 + rest.words()));
    boolean isHundred = words.word(1 + rest.words()).equals("hundred");
    return rest.value() >= 10 && !goesOn && !isHundred
        ? new Parsed(hundreds * 100 + rest.value(), 1 + rest.words())
        : Parsed.NONE;
  }

  /** A whole number in words, such as "a hundred and five thousand". */
  static Parsed cardinal(Spoken words, int from) {
    long total = 0;
    int at = from;
    long lastScale = Long.MAX_VALUE;
    while (true) {
      int start = at > from && words.word(at).equals("and") ? at + 1 : at;
      Parsed group = below1000(words, start, at == from);
      @Nullable Long scale = SCALES.get(words.word(start + group.words()));
      boolean fits = group.words() > 0 && (scale == null ? 1 : scale) < lastScale;
      if (!fits) {
        break;
      }
      total += group.value() * (scale == null ? 1 : scale);
      at = start + group.words() + (scale == null ? 0 : 1);
      if (scale == null) {
        break;
      }
      lastScale = scale;
    }
    return new Parsed(total, at - from);
  }

  private static Parsed below1000(Spoken words, int at, boolean isFirst) {
    boolean isOne =
        isFirst
            && words.word(at).equals("a")
            && (words.word(at + 1).equals("hundred") || SCALES.containsKey(words.word(at + 1)));
    Parsed front = isOne ? new Parsed(1, 1) : below100(words, at);
    if (front.words() == 0 || !words.word(at + front.words()).equals("hundred")) {
      return front;
    }
    int next = at + front.words() + 1;
    int rest = words.word(next).equals("and") ? next + 1 : next;
    Parsed back = below100(words, rest);
    return back.words() == 0
        ? new Parsed(front.value() * 100, next - at)
        : new Parsed(front.value() * 100 + back.value(), rest + back.words() - at);
  }
}
