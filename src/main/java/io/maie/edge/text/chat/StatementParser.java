package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the statements of a template: texts, values, {@code if}, {@code for} and {@code set}. */
final class StatementParser {
  private static final Set<String> END = Set.of();

  private final Cursor tokens;
  private final ExpressionParser expressions;

  StatementParser(Cursor tokens) {
    this.tokens = tokens;
    expressions = new ExpressionParser(tokens);
  }

  /** The whole template. */
  Statement template() throws ChatTemplateException {
    Statement all = block(END);
    if (!tokens.peek().is(Token.Kind.END)) {
      throw tokens.unexpected("the end");
    }
    return all;
  }

  /** Statements up to one of {@code ends}, or to the end of the template, which stays unread. */
  private Statement block(Set<String> ends) throws ChatTemplateException {
    tokens.enter();
    List<Statement> statements = new ArrayList<>();
    while (!tokens.peek().is(Token.Kind.END) && !isAtOneOf(ends)) {
      statements.add(statement());
    }
    tokens.leave();
    return scope -> {
      for (Statement statement : statements) {
        statement.run(scope);
      }
    };
  }

  private boolean isAtOneOf(Set<String> ends) {
    return tokens.peek().is(Token.Kind.STATEMENT_BEGIN)
        && tokens.second().is(Token.Kind.NAME)
        && ends.contains(tokens.second().text());
  }

  private Statement statement() throws ChatTemplateException {
    Token token = tokens.next();
    if (token.is(Token.Kind.TEXT)) {
      return scope -> scope.output().write(token.text());
    }
    if (token.is(Token.Kind.VALUE_BEGIN)) {
      Expression value = expressions.choice();
      tokens.expect(Token.Kind.VALUE_END, "'}}'");
      return located(
          token.line(), scope -> scope.output().write(Values.text(value.evaluate(scope))));
    }
    Token word = tokens.expect(Token.Kind.NAME, "a statement");
    return switch (word.text()) {
      case "if" -> located(word.line(), ifStatement());
      case "for" -> located(word.line(), forStatement());
      case "set" -> located(word.line(), setStatement());
      default ->
          throw ChatTemplateException.at(
              word.line(), "the statement '" + word.text() + "' is not offered");
    };
  }

  /** Tells in which line a statement failed, unless the failure tells that already. */
  private static Statement located(int line, Statement statement) {
    return scope -> {
      try {
        statement.run(scope);
      } catch (ChatTemplateException e) {
        String message = String.valueOf(e.getMessage());
        throw message.startsWith("line ") ? e : ChatTemplateException.at(line, message);
      }
    };
  }

  private Statement ifStatement() throws ChatTemplateException {
    Expression condition = expressions.choice();
    endOfMark();
    Statement then = block(Set.of("elif", "else", "endif"));
    String word = wordOfMark();
    Statement otherwise = scope -> {};
    if (word.equals("elif")) {
      tokens.enter();
      otherwise = ifStatement();
      tokens.leave();
    } else {
      endOfMark();
      if (word.equals("else")) {
        otherwise = block(Set.of("endif"));
        wordOfMark();
        endOfMark();
      }
    }
    Statement last = otherwise;
    return scope -> (Values.isTrue(condition.evaluate(scope)) ? then : last).run(scope);
  }

  private Statement forStatement() throws ChatTemplateException {
    List<String> names = names();
    if (!tokens.acceptsName("in")) {
      throw tokens.unexpected("'in'");
    }
    Expression items = expressions.or();
    @Nullable Expression filter = tokens.acceptsName("if") ? expressions.choice() : null;
    endOfMark();
    Statement body = block(Set.of("else", "endfor"));
    Statement otherwise = scope -> {};
    if (wordOfMark().equals("else")) {
      endOfMark();
      otherwise = block(Set.of("endfor"));
      wordOfMark();
    }
    endOfMark();
    return new Loop(names, items, filter, body, otherwise);
  }

  private List<String> names() throws ChatTemplateException {
    boolean isBracketed = tokens.accepts("(");
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.expect(Token.Kind.NAME, "a name").text());
    } while (tokens.accepts(","));
    if (isBracketed) {
      tokens.expect(")");
    }
    return names;
  }

  private Statement setStatement() throws ChatTemplateException {
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    if (tokens.accepts(".")) {
      Token member = tokens.expect(Token.Kind.NAME, "the name of a member");
      tokens.expect("=");
      Expression value = expressions.choice();
      endOfMark();
      return scope -> setMember(scope.get(name.text()), member.text(), value.evaluate(scope));
    }
    if (tokens.accepts("=")) {
      Expression value = expressions.choice();
      endOfMark();
      return scope -> scope.set(name.text(), value.evaluate(scope));
    }
    endOfMark();
    Statement text = block(Set.of("endset"));
    wordOfMark();
    endOfMark();
    return scope -> {
      Output written = scope.output().sibling();
      text.run(scope.writingTo(written));
      scope.set(name.text(), written.toString());
    };
  }

  private static void setMember(Object owner, String member, Object value)
      throws ChatTemplateException {
    if (owner instanceof Namespace namespace) {
      namespace.set(member, value);
      return;
    }
    throw new ChatTemplateException("a member is set of " + Values.kind(owner));
  }

  /** Passes over the beginning of a mark and its word. */
  private String wordOfMark() throws ChatTemplateException {
    tokens.expect(Token.Kind.STATEMENT_BEGIN, "the end of a statement");
    return tokens.expect(Token.Kind.NAME, "a statement").text();
  }

  private void endOfMark() throws ChatTemplateException {
    tokens.expect(Token.Kind.STATEMENT_END, "'%}'");
  }
}
