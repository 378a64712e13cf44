package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments of a call as they are written.
 *
 * @param named those that are given by their names
 */
record Arguments(List<Expression> placed, Map<String, Expression> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Reads what follows an opening bracket, up to the closing one. */
  static Arguments read(Cursor tokens, ExpressionParser expressions) throws ChatTemplateException {
    List<Expression> placed = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.accepts(")")) {
      if (tokens.peek().is(Token.Kind.NAME) && tokens.second().isOperator("=")) {
        String name = tokens.next().text();
        tokens.next();
        named.put(name, expressions.choice());
      } else {
        placed.add(expressions.choice());
      }
      if (!tokens.peek().isOperator(")")) {
        tokens.expect(",");
      }
    }
    return new Arguments(placed, named);
  }

  Object passedTo(Function function, Scope scope) throws ChatTemplateException {
    List<Object> values = new ArrayList<>();
    for (Expression argument : placed) {
      values.add(argument.evaluate(scope));
    }
    Map<String, Object> byName = new LinkedHashMap<>();
    for (Map.Entry<String, Expression> argument : named.entrySet()) {
      byName.put(argument.getKey(), argument.getValue().evaluate(scope));
    }
    return scope.output().work().made(function.call(values, byName));
  }
}
