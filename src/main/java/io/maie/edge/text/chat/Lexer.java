package io.maie.edge.text.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a template into pieces, as Jinja 3.1 does with {@code trim_blocks} and {@code
 * lstrip_blocks}: the line break after a statement or comment goes, and so does the indentation
 * before it; a hyphen inside a mark takes all white space beside it away, and a plus sign keeps it.
 */
final class Lexer {
  private static final Pattern MARK = Pattern.compile("\\{([{%#])([-+]?)");
  private static final Pattern NUMBER = Pattern.compile("(\\d+)(\\.\\d+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern OPERATOR =
      Pattern.compile("==|!=|<=|>=|//|\\*\\*|[-+*/%~<>=.,:|()\\[\\]{}]");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern LAST_BLANKS = Pattern.compile("\\s+\\z");
  private static final Pattern INDENTATION = Pattern.compile("(?<=\\n)[ \\t]+\\z");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  /** True if the white space that follows is dropped, by a hyphen in the mark before. */
  private boolean strips;

  /** True if the text that follows begins a line. */
  private boolean beginsLine = true;

  private Lexer(String source) {
    this.source = source;
  }

  /**
   * The pieces of a template; the last one is its end.
   *
   * @throws ChatTemplateException if a mark is not closed, or something in one is not known
   */
  static List<Token> tokens(String source) throws ChatTemplateException {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    // a line break at the very end is the file's, not the text's
    return new Lexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines).cut();
  }

  private List<Token> cut() throws ChatTemplateException {
    Matcher marks = MARK.matcher(source);
    while (marks.find(at)) {
      boolean isValue = marks.group(1).equals("{");
      text(before(source.substring(at, marks.start()), marks.group(2), isValue));
      advance(marks.end());
      if (marks.group(1).equals("#")) {
        comment();
      } else {
        mark(isValue);
      }
    }
    text(source.substring(at));
    tokens.add(new Token(Token.Kind.END, "", line));
    return tokens;
  }

  private String before(String text, String sign, boolean isValue) {
    if (sign.equals("-")) {
      return LAST_BLANKS.matcher(text).replaceFirst("");
    }
    if (sign.equals("+") || isValue) {
      return text;
    }
    return beginsLine && text.isBlank() && text.indexOf('\n') < 0
        ? ""
        : INDENTATION.matcher(text).replaceFirst("");
  }

  private void text(String text) {
    String kept = strips ? text.stripLeading() : text;
    if (!kept.isEmpty()) {
      tokens.add(new Token(Token.Kind.TEXT, kept, line));
    }
    strips = false;
  }

  private void comment() throws ChatTemplateException {
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw ChatTemplateException.at(line, "a comment is not closed");
    }
    char sign = source.charAt(end - 1);
    advance(end + 2);
    after(String.valueOf(sign), true);
  }

  private void mark(boolean isValue) throws ChatTemplateException {
    String end = isValue ? "}}" : "%}";
    Deque<Character> open = new ArrayDeque<>();
    add(isValue ? Token.Kind.VALUE_BEGIN : Token.Kind.STATEMENT_BEGIN, isValue ? "{{" : "{%");
    while (true) {
      skipBlanks();
      @Nullable String sign = open.isEmpty() ? sign(end) : null;
      if (sign != null) {
        add(isValue ? Token.Kind.VALUE_END : Token.Kind.STATEMENT_END, end);
        advance(at + sign.length() + end.length());
        after(sign, !isValue);
        return;
      }
      if (at >= source.length()) {
        throw ChatTemplateException.at(line, "expected '" + end + "', found the end");
      }
      piece(open);
    }
  }

  /** The sign before {@code end} if that comes next, an empty one if there is none; else null. */
  private @Nullable String sign(String end) {
    if (source.startsWith(end, at)) {
      return "";
    }
    boolean isSigned = source.startsWith("-" + end, at) || source.startsWith("+" + end, at);
    return isSigned ? source.substring(at, at + 1) : null;
  }

  private void after(String sign, boolean takesLineBreak) {
    strips = sign.equals("-");
    beginsLine = takesLineBreak && !sign.equals("+") && source.startsWith("\n", at);
    if (beginsLine) {
      advance(at + 1);
    }
  }

  private void piece(Deque<Character> open) throws ChatTemplateException {
    char first = source.charAt(at);
    if (first == '"' || first == '\'') {
      string(first);
      return;
    }
    Matcher number = NUMBER.matcher(source).region(at, source.length());
    Matcher name = NAME.matcher(source).region(at, source.length());
    Matcher operator = OPERATOR.matcher(source).region(at, source.length());
    if (number.lookingAt()) {
      add(number.group(2) == null ? Token.Kind.INTEGER : Token.Kind.DECIMAL, number.group());
      advance(number.end());
    } else if (name.lookingAt()) {
      add(Token.Kind.NAME, name.group());
      advance(name.end());
    } else if (operator.lookingAt()) {
      balance(operator.group(), open);
      add(Token.Kind.OPERATOR, operator.group());
      advance(operator.end());
    } else {
      throw ChatTemplateException.at(line, "'" + first + "' is not known inside a mark");
    }
  }

  private void balance(String operator, Deque<Character> open) throws ChatTemplateException {
    char sign = operator.charAt(0);
    if (sign == '(' || sign == '[' || sign == '{') {
      open.push(sign == '(' ? ')' : sign == '[' ? ']' : '}');
    } else if (sign == ')' || sign == ']' || sign == '}') {
      if (open.isEmpty() || open.pop() != sign) {
        throw ChatTemplateException.at(line, "'" + sign + "' closes nothing");
      }
    }
  }

  private void string(char quote) throws ChatTemplateException {
    StringBuilder text = new StringBuilder();
    int i = at + 1;
    while (i < source.length() && source.charAt(i) != quote) {
      char c = source.charAt(i++);
      if (c == '\\' && i < source.length()) {
        i = escaped(i, text);
      } else {
        text.append(c);
      }
    }
    if (i >= source.length()) {
      throw ChatTemplateException.at(line, "a string is not closed");
    }
    add(Token.Kind.STRING, text.toString());
    advance(i + 1);
  }

  /** Appends the character that an escape stands for, and returns where it ends. */
  private int escaped(int from, StringBuilder text) throws ChatTemplateException {
    char c = source.charAt(from);
    int digits =
        switch (c) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    if (digits > 0) {
      int end = from + 1 + digits;
      String code = end <= source.length() ? source.substring(from + 1, end) : "";
      if (!code.matches("0{0,2}[0-9A-Fa-f]{2,6}")) {
        throw ChatTemplateException.at(line, "'\\" + c + "' is not followed by a character's code");
      }
      text.appendCodePoint(Integer.parseInt(code, 16));
      return end;
    }
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case '\\', '\'', '"' -> text.append(c);
      default -> text.append('\\').append(c);
    }
    return from + 1;
  }

  private void skipBlanks() {
    Matcher blanks = BLANKS.matcher(source).region(at, source.length());
    if (blanks.lookingAt()) {
      advance(blanks.end());
    }
  }

  private void add(Token.Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private void advance(int to) {
    line += (int) source.substring(at, to).chars().filter(c -> c == '\n').count();
    at = to;
  }
}
