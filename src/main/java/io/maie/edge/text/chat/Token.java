package io.maie.edge.text.chat;

/**
 * A piece of a template.
 *
 * @param text the word, operator or number as written; of strings and texts, their content
 * @param line from 1
 */
record Token(Kind kind, String text, int line) {

  /** Kind of a piece. */
  enum Kind {
    /** Text outside all marks. */
    TEXT,
    STATEMENT_BEGIN,
    STATEMENT_END,
    VALUE_BEGIN,
    VALUE_END,
    NAME,
    STRING,
    INTEGER,
    DECIMAL,
    OPERATOR,
    /** After the last piece. */
    END
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** The piece as messages show it. */
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
