package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what follows a value: members, items, calls, filters and tests. */
final class Postfix {
  /** Words that cannot be the argument of a test. */
  private static final Set<String> NO_ARGUMENT =
      Set.of("else", "or", "and", "is", "if", "not", "in");

  private final Cursor tokens;
  private final ExpressionParser expressions;

  Postfix(Cursor tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** {@code value} with the members, items and calls that follow it. */
  Expression of(Expression value) throws ChatTemplateException {
    Expression whole = value;
    while (true) {
      if (tokens.accepts(".")) {
        whole = member(whole);
      } else if (tokens.accepts("[")) {
        whole = subscript(whole);
      } else if (tokens.accepts("(")) {
        whole = call(whole, Arguments.read(tokens, expressions));
      } else {
        return whole;
      }
    }
  }

  private Expression member(Expression owner) throws ChatTemplateException {
    if (tokens.peek().is(Token.Kind.INTEGER)) {
      Long index = Long.valueOf(tokens.next().text());
      return scope -> Values.item(owner.evaluate(scope), index);
    }
    Token name = tokens.expect(Token.Kind.NAME, "the name of a member");
    if (!tokens.accepts("(")) {
      return scope -> Values.item(owner.evaluate(scope), name.text());
    }
    Arguments arguments = Arguments.read(tokens, expressions);
    return scope -> {
      Object value = owner.evaluate(scope);
      Function method =
          (placed, named) -> Methods.result(value, new Call(name.text(), placed, named));
      return arguments.passedTo(method, scope);
    };
  }

  private Expression subscript(Expression owner) throws ChatTemplateException {
    @Nullable Expression first = tokens.peek().isOperator(":") ? null : expressions.choice();
    if (first != null && tokens.accepts("]")) {
      return scope -> Values.item(owner.evaluate(scope), first.evaluate(scope));
    }
    tokens.expect(":");
    @Nullable Expression end = bound();
    @Nullable Expression step = tokens.accepts(":") ? bound() : null;
    tokens.expect("]");
    Slice slice = new Slice(first, end, step);
    return scope -> scope.output().work().made(slice.of(owner.evaluate(scope), scope));
  }

  private @Nullable Expression bound() throws ChatTemplateException {
    boolean isAbsent = tokens.peek().isOperator(":") || tokens.peek().isOperator("]");
    return isAbsent ? null : expressions.choice();
  }

  private static Expression call(Expression callee, Arguments arguments) {
    return scope -> {
      Object value = callee.evaluate(scope);
      if (value instanceof Function function) {
        return arguments.passedTo(function, scope);
      }
      throw new ChatTemplateException("the template calls " + Values.kind(value));
    };
  }

  /** {@code value} with the filters and tests that follow it. */
  Expression filtered(Expression value) throws ChatTemplateException {
    Expression whole = value;
    while (true) {
      if (tokens.accepts("|")) {
        whole = filter(whole);
      } else if (tokens.acceptsName("is")) {
        whole = test(whole);
      } else {
        return whole;
      }
    }
  }

  private Expression filter(Expression value) throws ChatTemplateException {
    Token name = tokens.expect(Token.Kind.NAME, "the name of a filter");
    Filters.requireKnown(name);
    Arguments arguments =
        tokens.accepts("(") ? Arguments.read(tokens, expressions) : Arguments.NONE;
    return scope -> {
      Object input = value.evaluate(scope);
      Function filter =
          (placed, named) -> Filters.apply(input, new Call(name.text(), placed, named));
      return arguments.passedTo(filter, scope);
    };
  }

  private Expression test(Expression value) throws ChatTemplateException {
    boolean isDenied = tokens.acceptsName("not");
    Token name = tokens.expect(Token.Kind.NAME, "the name of a test");
    Tests.requireKnown(name);
    Arguments arguments = argumentsOfTest();
    return scope -> {
      Object input = value.evaluate(scope);
      Function test = (placed, named) -> Tests.holds(input, new Call(name.text(), placed, named));
      return isDenied != Values.isTrue(arguments.passedTo(test, scope));
    };
  }

  /** Tests take their argument in brackets or without. */
  private Arguments argumentsOfTest() throws ChatTemplateException {
    if (tokens.accepts("(")) {
      return Arguments.read(tokens, expressions);
    }
    Token next = tokens.peek();
    boolean isArgument =
        switch (next.kind()) {
          case NAME -> !NO_ARGUMENT.contains(next.text());
          case STRING, INTEGER, DECIMAL -> true;
          default -> false;
        };
    if (!isArgument) {
      return Arguments.NONE;
    }
    List<Expression> argument = new ArrayList<>();
    argument.add(of(expressions.primary()));
    return new Arguments(argument, Map.of());
  }
}
