package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import java.util.List;
import java.util.Set;

/** Tells questions from statements by their words alone. */
public final class Questions {
  private static final Set<String> LEADS =
      Set.of(
          "right",
          "alright",
          "yeah",
          "oh",
          "hi",
          "sure",
          "brilliant",
          "lovely",
          "great",
          "so",
          "and",
          "but",
          "okay",
          "ok",
          "well",
          "now",
          "um",
          "uh",
          "then",
          "yes",
          "no",
          "or");
  private static final Set<String> ASKING =
      Set.of("who", "what", "where", "why", "how", "which", "whose", "when");
  private static final Set<String> AUXILIARIES =
      Set.of(
          "do",
          "does",
          "did",
          "is",
          "are",
          "was",
          "were",
          "can",
          "could",
          "will",
          "would",
          "should",
          "have",
          "has",
          "shall",
          "am",
          "isn't",
          "aren't",
          "don't",
          "doesn't",
          "didn't",
          "can't",
          "couldn't",
          "won't",
          "wouldn't",
          "shouldn't",
          "haven't",
          "hasn't");
  private static final Set<String> SUBJECTS =
      Set.of(
          "you",
          "we",
          "i",
          "they",
          "he",
          "she",
          "it",
          "there",
          "this",
          "that",
          "the",
          "a",
          "my",
          "your",
          "our",
          "anyone",
          "anybody",
          "everyone",
          "everybody",
          "someone",
          "people",
          "these");
  private static final Set<String> PRONOUNS =
      Set.of("you", "we", "i", "they", "he", "she", "it", "there");

  /** A question at the end of something else has no more words. */
  private static final int LONGEST_TAIL = 12;

  private static final Set<String> BEHIND_HOW =
      Set.of("much", "many", "long", "far", "often", "old", "big", "about", "come", "soon");
  private static final Set<String> SHORT_FORMS =
      Set.of("what's", "who's", "where's", "how's", "when's", "why's");
  private static final List<String> TAGS =
      List.of("isn't it", "aren't you", "don't you", "doesn't it", "won't we", "right though");

  private static final Set<String> VIETNAMESE_ENDS =
      Set.of("không", "chưa", "hả", "nhỉ", "sao", "gì", "đâu", "nào", "ai", "à", "mấy", "ư");
  private static final Set<String> POLITE =
      Set.of("ạ", "nhỉ", "vậy", "thế", "anh", "chị", "em", "bạn", "ấy", "cô", "chú");
  private static final List<String> VIETNAMESE_PHRASES =
      List.of(
          "bao nhiêu", "bao giờ", "khi nào", "thế nào", "như nào", "mấy giờ", "ra sao", "làm sao");
  private static final List<String> VIETNAMESE_STARTS =
      List.of("tại sao", "vì sao", "liệu", "có phải", "sao lại", "bao giờ", "khi nào", "ai sẽ");
  private static final Set<String> DENIALS = Set.of("không", "chẳng", "chưa", "chả");

  private Questions() {}

  /**
   * Returns whether the words ask.
   *
   * @param words in lower case, without marks
   */
  public static boolean isAsked(TextLanguage language, List<String> words) {
    return switch (language) {
      case ENGLISH -> isEnglish(words);
      case VIETNAMESE -> isVietnamese(words);
      case OTHER -> false;
    };
  }

  private static boolean isEnglish(List<String> words) {
    int start = 0;
    while (start < words.size() && LEADS.contains(words.get(start))) {
      start++;
    }
    List<String> rest = words.subList(start, words.size());
    if (rest.size() < 2) {
      return rest.size() == 1 && ASKING.contains(rest.get(0));
    }
    String first = rest.get(0);
    String second = rest.get(1);
    boolean asks =
        ASKING.contains(first)
            && (AUXILIARIES.contains(second)
                || (first.equals("what") && second.equals("about"))
                || (first.equals("how") && BEHIND_HOW.contains(second))
                || ((first.equals("what") || first.equals("which"))
                    && rest.size() > 2
                    && AUXILIARIES.contains(rest.get(2))
                    && !SUBJECTS.contains(second)));
    boolean inverts = AUXILIARIES.contains(first) && SUBJECTS.contains(second);
    String text = String.join(" ", rest);
    boolean isTagged = TAGS.stream().anyMatch(tag -> text.endsWith(" " + tag));
    return asks || inverts || SHORT_FORMS.contains(first) || isTagged || endsAsking(rest);
  }

  /** Only direct questions put the verb first: "my name is Ann how can I help". */
  private static boolean endsAsking(List<String> words) {
    for (int i = Math.max(1, words.size() - LONGEST_TAIL); i + 3 < words.size(); i++) {
      boolean asks =
          ASKING.contains(words.get(i))
              && AUXILIARIES.contains(words.get(i + 1))
              && PRONOUNS.contains(words.get(i + 2));
      if (asks && !words.get(i - 1).equals("the")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVietnamese(List<String> words) {
    int end = words.size();
    while (end > 2 && POLITE.contains(words.get(end - 1))) {
      end--;
    }
    if (end < 2) {
      return false;
    }
    String text = String.join(" ", words.subList(0, end));
    String last = words.get(end - 1);
    boolean denies = words.subList(0, end - 1).stream().anyMatch(DENIALS::contains);
    boolean isOpenEnd = VIETNAMESE_ENDS.contains(last) && !(denies && !last.equals("không"));
    boolean hasPhrase =
        VIETNAMESE_PHRASES.stream().anyMatch(text::endsWith)
            || (!denies && text.matches(".*(?<!biết )bao nhiêu(?: \\S+){1,2}"));
    boolean starts = VIETNAMESE_STARTS.stream().anyMatch(s -> text.startsWith(s + " "));
    return isOpenEnd || hasPhrase || starts;
  }
}
