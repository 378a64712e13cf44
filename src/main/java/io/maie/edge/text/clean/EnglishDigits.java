package io.maie.edge.text.clean;

import io.maie.edge.text.clean.NumberWriter.Spoken;
import io.maie.edge.text.clean.NumberWriter.Written;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** English digits said one by one: numbers of telephones, accounts, rooms and orders. */
final class EnglishDigits {
  /** So many in a row are a number wherever they stand. */
  private static final int LEAST = 4;

  /** So many are one behind a word that announces it, and beside other digits. */
  private static final int LEAST_ANNOUNCED = 3;

  private static final Set<String> ANNOUNCING =
      Set.of(
          "room",
          "extension",
          "code",
          "flight",
          "gate",
          "bus",
          "route",
          "highway",
          "number",
          "pin",
          "line",
          "platform");

  private EnglishDigits() {}

  /** The digits from here on; null if there are too few for a number. */
  static @Nullable Written at(Spoken words) {
    StringBuilder digits = new StringBuilder();
    int at = 0;
    while (true) {
      int times = times(words.word(at));
      int digitAt = times == 1 ? at : at + 1;
      int digit = digit(words.word(digitAt));
      if (digit < 0) {
        break;
      }
      String next = words.word(digitAt + 1);
      boolean isHundred = next.equals("hundred") && digits.length() >= LEAST && times == 1;
      if (EnglishWords.isScale(next) && !isHundred) {
        return null;
      }
      digits.append(isHundred ? digit + "00" : String.valueOf(digit).repeat(times));
      at = digitAt + (isHundred ? 2 : 1);
    }
    return digits.length() >= least(words, at) ? new Written(at, digits.toString()) : null;
  }

  private static int least(Spoken words, int end) {
    boolean isContinued =
        words.isMarkedAfter(end) && words.beyond().stream().allMatch(word -> digit(word) >= 0);
    boolean continues = words.isMarkedBefore() && isDigits(words.before());
    boolean isAnnounced = ANNOUNCING.contains(words.before());
    return isContinued || continues || isAnnounced ? LEAST_ANNOUNCED : LEAST;
  }

  private static boolean isDigits(String word) {
    return digit(word) >= 0 || word.equals("hundred");
  }

  private static int times(String word) {
    return word.equals("double") ? 2 : word.equals("triple") ? 3 : 1;
  }

  /** The value of a digit in words, of zero too; -1 if it is none. */
  static int digit(String word) {
    int digit = EnglishWords.isZero(word) ? 0 : EnglishWords.unit(word);
    return digit > 9 ? -1 : digit;
  }
}
