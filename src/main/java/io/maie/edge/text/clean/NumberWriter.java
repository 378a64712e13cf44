package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes spoken numbers, dates, times and amounts in digits: inverse text normalisation. */
final class NumberWriter {
  private final @Nullable NumberRules rules;
  private int written;

  NumberWriter(TextLanguage language) {
    rules =
        switch (language) {
          case ENGLISH -> new EnglishNumbers();
          case VIETNAMESE -> new VietnameseNumbers();
          case OTHER -> null;
        };
  }

  /** The tokens, with one token for each number. */
  List<Token> write(List<Token> tokens) {
    if (rules == null) {
      return tokens;
    }
    List<Token> done = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      Spoken words = new Spoken(tokens, i);
      @Nullable Written number = rules.at(words);
      if (number == null) {
        done.add(tokens.get(i));
        i++;
        continue;
      }
      Token first = tokens.get(i);
      Token last = tokens.get(i + number.words() - 1);
      boolean isStopped = number.text().endsWith(".") && last.closing().startsWith(".");
      String closing = isStopped ? last.closing().substring(1) : last.closing();
      done.add(first.through(last, first.opening() + number.text() + closing));
      i += number.words();
      written++;
    }
    return done;
  }

  int written() {
    return written;
  }

  /** A number in digits that stands for so many words. */
  record Written(int words, String text) {}

  /** The numbers of a language. */
  interface NumberRules {

    /** The words from here on in digits; null if they stay. */
    @Nullable Written at(Spoken words);
  }

  /** The words from a place on, as far as no mark and no change of speaker parts them. */
  static final class Spoken {
    private static final int REACH = 24;

    /** Words behind a mark that tell whether digits go on there. */
    private static final int BEYOND = 3;

    private final List<String> words = new ArrayList<>();
    private final String before;
    private final boolean isMarkedBefore;
    private final List<String> beyond;

    Spoken(List<Token> tokens, int from) {
      before = from == 0 ? "" : tokens.get(from - 1).word();
      isMarkedBefore = from > 0 && !tokens.get(from - 1).closing().isEmpty();
      for (int i = from; i < Math.min(tokens.size(), from + REACH); i++) {
        words.add(tokens.get(i).word());
        boolean isLast = !tokens.get(i).closing().isEmpty();
        boolean changes =
            i + 1 < tokens.size()
                && !Objects.equals(tokens.get(i).speaker(), tokens.get(i + 1).speaker());
        if (isLast || changes) {
          break;
        }
      }
      int end = from + words.size();
      beyond =
          end + BEYOND > tokens.size()
              ? List.of()
              : tokens.subList(end, end + BEYOND).stream().map(Token::word).toList();
    }

    /** Returns whether a mark stands between the word before and the first. */
    boolean isMarkedBefore() {
      return isMarkedBefore;
    }

    /** Returns whether nothing but a mark follows so many words, and words follow that. */
    boolean isMarkedAfter(int count) {
      return count == words.size() && !beyond.isEmpty();
    }

    /** The next words behind the mark; empty if they are too few. */
    List<String> beyond() {
      return beyond;
    }

    /** The word at a distance; empty beyond the end. */
    String word(int ahead) {
      return ahead < words.size() ? words.get(ahead) : "";
    }

    /** The word before, whatever mark stands between. */
    String before() {
      return before;
    }

    boolean has(int ahead, String... following) {
      for (int i = 0; i < following.length; i++) {
        if (!word(ahead + i).equals(following[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
