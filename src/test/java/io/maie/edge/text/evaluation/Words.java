package io.maie.edge.text.evaluation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a text, for comparing: in normal form NFC, in lower case, letters and digits only. */
final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final int STEM_LENGTH = 5;

  /** Words that say nothing of the matter, English and Vietnamese. */
  private static final Set<String> FUNCTION_WORDS =
      Set.copyOf(
          List.of(
              ("a an and are as at be been but by can could did do does for from had has have he her his"
                      + " i if in is it its just may not of on or our she so than that the their them"
                      + " then there they this to up us was we were when which who will with would you"
                      + " your anh chị em bị bởi cho chú có của cùng cũng còn do để đã đang đến được"
                      + " hay hoặc khi không là lại làm mà mình mọi một nên nếu nhé những các này nó"
                      + " ở ra rồi sẽ số tại thì theo thế trên trong từ và vào về vì với")
                  .split(" ")));

  private Words() {}

  /** All of them, in order. */
  static List<String> of(String text) {
    String comparable = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(comparable); word.find(); ) {
      words.add(word.group());
    }
    return words;
  }

  /** The first five characters of each word that is no function word. */
  static Set<String> contentOf(String text) {
    return of(text).stream()
        .filter(word -> !FUNCTION_WORDS.contains(word))
        .map(word -> word.substring(0, word.offsetByCodePoints(0, stemLength(word))))
        .collect(Collectors.toSet());
  }

  private static int stemLength(String word) {
    return Math.min(STEM_LENGTH, word.codePointCount(0, word.length()));
  }
}
