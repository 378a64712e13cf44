package io.maie.edge.text.chat;

import java.util.List;

/** Reads the pieces of a template one after the other. */
final class Cursor {
  /** Deeper than people write, and far from the end of the stack. */
  private static final int DEEPEST = 60;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The piece after the next one. */
  Token second() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** Passes over an operator if it comes next. */
  boolean accepts(String operator) {
    boolean isNext = peek().isOperator(operator);
    if (isNext) {
      next();
    }
    return isNext;
  }

  /** Passes over a word if it comes next. */
  boolean acceptsName(String name) {
    boolean isNext = peek().isName(name);
    if (isNext) {
      next();
    }
    return isNext;
  }

  Token expect(Token.Kind kind, String what) throws ChatTemplateException {
    if (!peek().is(kind)) {
      throw unexpected(what);
    }
    return next();
  }

  void expect(String operator) throws ChatTemplateException {
    if (!accepts(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  ChatTemplateException unexpected(String expected) {
    return ChatTemplateException.at(
        peek().line(), "expected " + expected + ", found " + peek().shown());
  }

  /** Enters something that may hold its like. */
  void enter() throws ChatTemplateException {
    depth++;
    if (depth > DEEPEST) {
      throw ChatTemplateException.at(peek().line(), "marks or brackets are nested too deep");
    }
  }

  void leave() {
    depth--;
  }
}
