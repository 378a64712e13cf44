package io.maie.edge.text.clean;

import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.Token.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what was dictated: marks take the place of their names, "new line" breaks the line.
 */
final class SpokenCommands {
  private static final String LINE = "\n";
  private static final String PARAGRAPH = "\n\n";
  private static final String OPEN = "“";
  private static final String CLOSE = "”";
  private static final int MOST_WORDS = 3;

  private static final Map<String, String> ENGLISH =
      Map.ofEntries(
          Map.entry("new line", LINE),
          Map.entry("newline", LINE),
          Map.entry("next line", LINE),
          Map.entry("new paragraph", PARAGRAPH),
          Map.entry("next paragraph", PARAGRAPH),
          Map.entry("full stop", "."),
          Map.entry("period", "."),
          Map.entry("comma", ","),
          Map.entry("colon", ":"),
          Map.entry("semicolon", ";"),
          Map.entry("question mark", "?"),
          Map.entry("exclamation mark", "!"),
          Map.entry("exclamation point", "!"),
          Map.entry("open quote", OPEN),
          Map.entry("close quote", CLOSE),
          Map.entry("open bracket", "("),
          Map.entry("close bracket", ")"));

  private static final Map<String, String> VIETNAMESE =
      Map.ofEntries(
          Map.entry("xuống dòng", LINE),
          Map.entry("dòng mới", LINE),
          Map.entry("đoạn mới", PARAGRAPH),
          Map.entry("sang đoạn", PARAGRAPH),
          Map.entry("dấu chấm", "."),
          Map.entry("dấu phẩy", ","),
          Map.entry("dấu hai chấm", ":"),
          Map.entry("dấu chấm phẩy", ";"),
          Map.entry("dấu chấm hỏi", "?"),
          Map.entry("dấu hỏi", "?"),
          Map.entry("dấu chấm than", "!"),
          Map.entry("mở ngoặc", "("),
          Map.entry("đóng ngoặc", ")"));

  private final Map<String, String> commands;
  private final List<Token> done = new ArrayList<>();

  /** Text before the next token, and its edge. */
  private String opening = "";

  private @Nullable Edge edge;
  private boolean opensSentence;
  private int carriedOut;

  SpokenCommands(TextLanguage language) {
    commands = language.choose(ENGLISH, VIETNAMESE, Map.of());
  }

  /** The tokens without the commands among them. */
  List<Token> carryOut(List<Token> tokens) {
    int i = 0;
    while (i < tokens.size()) {
      int length = lengthAt(tokens, i);
      if (length == 0) {
        add(tokens.get(i));
        i++;
      } else {
        apply(commands.getOrDefault(Tokens.phrase(tokens.subList(i, i + length)), ""));
        i += length;
        carriedOut++;
      }
    }
    return List.copyOf(done);
  }

  int carriedOut() {
    return carriedOut;
  }

  private int lengthAt(List<Token> tokens, int at) {
    for (int length = MOST_WORDS; length > 0; length--) {
      if (at + length <= tokens.size()
          && commands.containsKey(Tokens.phrase(tokens.subList(at, at + length)))) {
        return length;
      }
    }
    return 0;
  }

  private void add(Token token) {
    Token next = opensSentence ? token.capitalized() : token;
    next = opening.isEmpty() ? next : next.withText(opening + next.text());
    done.add(edge == null ? next : next.withEdge(edge));
    opening = "";
    edge = null;
    opensSentence = false;
  }

  private void apply(String command) {
    switch (command) {
      case LINE -> edge = Edge.LINE;
      case PARAGRAPH -> edge = Edge.PARAGRAPH;
      case OPEN, "(" -> opening += command;
      default -> mark(command);
    }
  }

  /** Puts a mark behind the last word, in place of what the recogniser put there. */
  private void mark(String mark) {
    if (!done.isEmpty()) {
      Token last = done.remove(done.size() - 1);
      boolean closes = mark.equals(CLOSE) || mark.equals(")");
      String before = closes ? last.text() : last.opening() + last.writtenWord();
      done.add(last.withText(before + mark));
      opensSentence = SentenceEnds.isEnd(mark);
    }
  }
}
