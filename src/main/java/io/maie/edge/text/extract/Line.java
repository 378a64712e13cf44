package io.maie.edge.text.extract;

import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence and its words.
 *
 * @param words in lower case, without marks
 */
record Line(Statement statement, List<String> words) {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}'’%]+");

  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{M}'’]+");

  Line {
    words = List.copyOf(words);
  }

  static List<Line> of(CleanTranscript transcript) {
    List<Line> lines = new ArrayList<>();
    for (Paragraph paragraph : transcript.paragraphs()) {
      for (Sentence sentence : paragraph.sentences()) {
        String text = sentence.text().replaceAll("\\s+", " ");
        lines.add(
            new Line(
                new Statement(text, List.of(sentence.span()), paragraph.speaker()), words(text)));
      }
    }
    return lines;
  }

  static List<String> words(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT).replace('’', '\''))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** The words that are written in small letters, which are no names. */
  List<String> smallWords() {
    return NO_LETTER
        .splitAsStream(text())
        .filter(word -> !word.isEmpty() && Character.isLowerCase(word.codePointAt(0)))
        .toList();
  }

  String text() {
    return statement.text();
  }

  String lowerText() {
    return statement.text().toLowerCase(Locale.ROOT).replace('’', '\'');
  }

  @Nullable String speaker() {
    return statement.speaker();
  }

  boolean isQuestion() {
    return text().endsWith("?") || text().endsWith("？");
  }
}
