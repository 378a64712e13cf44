package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions, with the precedence of Jinja 3.1: choice, or, and, not, comparisons, sums,
 * {@code ~}, products, signs, filters and tests.
 */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
  private static final Set<String> SUMS = Set.of("+", "-");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");
  private static final Map<String, Object> CONSTANTS =
      Map.of(
          "true",
          true,
          "True",
          true,
          "false",
          false,
          "False",
          false,
          "none",
          Absent.NONE,
          "None",
          Absent.NONE);

  private final Cursor tokens;

  ExpressionParser(Cursor tokens) {
    this.tokens = tokens;
  }

  /** A value, or a choice between two. */
  Expression choice() throws ChatTemplateException {
    tokens.enter();
    Expression value = or();
    while (tokens.acceptsName("if")) {
      Expression then = value;
      Expression condition = or();
      @Nullable Expression otherwise = tokens.acceptsName("else") ? choice() : null;
      value =
          scope -> {
            if (Values.isTrue(condition.evaluate(scope))) {
              return then.evaluate(scope);
            }
            return otherwise == null ? Absent.UNDEFINED : otherwise.evaluate(scope);
          };
    }
    tokens.leave();
    return value;
  }

  /** A value without a choice, which in a loop is its filter's. */
  Expression or() throws ChatTemplateException {
    Expression value = and();
    while (tokens.acceptsName("or")) {
      Expression left = value;
      Expression right = and();
      value =
          scope -> {
            Object first = left.evaluate(scope);
            return Values.isTrue(first) ? first : right.evaluate(scope);
          };
    }
    return value;
  }

  private Expression and() throws ChatTemplateException {
    Expression value = not();
    while (tokens.acceptsName("and")) {
      Expression left = value;
      Expression right = not();
      value =
          scope -> {
            Object first = left.evaluate(scope);
            return Values.isTrue(first) ? right.evaluate(scope) : first;
          };
    }
    return value;
  }

  private Expression not() throws ChatTemplateException {
    if (!tokens.acceptsName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression value = not();
    tokens.leave();
    return scope -> !Values.isTrue(value.evaluate(scope));
  }

  private Expression comparison() throws ChatTemplateException {
    Expression first = binary(SUMS);
    List<Comparison> comparisons = new ArrayList<>();
    while (comparator().isPresent()) {
      String operator = comparator().orElseThrow();
      tokens.next();
      if (operator.equals("not in")) {
        tokens.next();
      }
      comparisons.add(new Comparison(operator, binary(SUMS)));
    }
    return comparisons.isEmpty() ? first : scope -> holds(first, comparisons, scope);
  }

  private Optional<String> comparator() {
    Token next = tokens.peek();
    if (next.is(Token.Kind.OPERATOR) && COMPARISONS.contains(next.text())) {
      return Optional.of(next.text());
    }
    if (next.isName("in")) {
      return Optional.of("in");
    }
    return next.isName("not") && tokens.second().isName("in")
        ? Optional.of("not in")
        : Optional.empty();
  }

  /** A comparison with what stands before it. */
  private record Comparison(String operator, Expression right) {
    boolean holds(Object left, Object other) throws ChatTemplateException {
      return switch (operator) {
        case "==" -> Values.areEqual(left, other);
        case "!=" -> !Values.areEqual(left, other);
        case "in" -> Values.contains(other, left);
        case "not in" -> !Values.contains(other, left);
        case "<" -> Values.compare(left, other) < 0;
        case ">" -> Values.compare(left, other) > 0;
        case "<=" -> Values.compare(left, other) <= 0;
        default -> Values.compare(left, other) >= 0;
      };
    }
  }

  /** Each comparison in a chain is between neighbours. */
  private static boolean holds(Expression first, List<Comparison> comparisons, Scope scope)
      throws ChatTemplateException {
    Object left = first.evaluate(scope);
    for (Comparison comparison : comparisons) {
      Object right = comparison.right.evaluate(scope);
      if (!comparison.holds(left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  /** Operators of one level, from left to right; sums hold joins, and joins hold products. */
  private Expression binary(Set<String> operators) throws ChatTemplateException {
    Expression value = operand(operators);
    while (tokens.peek().is(Token.Kind.OPERATOR) && operators.contains(tokens.peek().text())) {
      String operator = tokens.next().text();
      Expression left = value;
      Expression right = operand(operators);
      value =
          scope ->
              scope
                  .output()
                  .work()
                  .made(Values.calculate(operator, left.evaluate(scope), right.evaluate(scope)));
    }
    return value;
  }

  private Expression operand(Set<String> operators) throws ChatTemplateException {
    if (operators.equals(SUMS)) {
      return binary(Set.of("~"));
    }
    return operators.equals(PRODUCTS) ? signed(true) : binary(PRODUCTS);
  }

  private Expression signed(boolean isFiltered) throws ChatTemplateException {
    Expression value;
    if (tokens.peek().isOperator("-") || tokens.peek().isOperator("+")) {
      boolean isMinus = tokens.next().text().equals("-");
      tokens.enter();
      Expression number = signed(false);
      tokens.leave();
      value = scope -> Values.calculate(isMinus ? "-" : "+", 0L, number.evaluate(scope));
    } else {
      value = new Postfix(tokens, this).of(primary());
    }
    return isFiltered ? new Postfix(tokens, this).filtered(value) : value;
  }

  Expression primary() throws ChatTemplateException {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> name();
      case STRING -> string();
      case INTEGER -> {
        tokens.next();
        yield constant(number(token));
      }
      case DECIMAL -> {
        tokens.next();
        yield constant(Double.valueOf(token.text()));
      }
      default -> bracketed();
    };
  }

  private static Long number(Token token) throws ChatTemplateException {
    if (token.text().length() > 15) {
      throw ChatTemplateException.at(token.line(), "a number is too large");
    }
    return Long.valueOf(token.text());
  }

  private static Expression constant(Object value) {
    return scope -> value;
  }

  private Expression name() {
    String name = tokens.next().text();
    @Nullable Object constant = CONSTANTS.get(name);
    return constant != null ? constant(constant) : scope -> scope.get(name);
  }

  /** Strings beside each other are one. */
  private Expression string() {
    StringBuilder text = new StringBuilder();
    while (tokens.peek().is(Token.Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return constant(text.toString());
  }

  private Expression bracketed() throws ChatTemplateException {
    tokens.enter();
    Expression value;
    if (tokens.accepts("(")) {
      value = tokens.peek().isOperator(")") ? scope -> List.of() : choice();
      if (tokens.peek().isOperator(",")) {
        tokens.next();
        List<Expression> items = new ArrayList<>(List.of(value));
        items.addAll(items(")"));
        value = list(items);
      } else {
        tokens.expect(")");
      }
    } else if (tokens.accepts("[")) {
      value = list(items("]"));
    } else if (tokens.accepts("{")) {
      value = object();
    } else {
      throw tokens.unexpected("a value");
    }
    tokens.leave();
    return value;
  }

  private List<Expression> items(String end) throws ChatTemplateException {
    List<Expression> items = new ArrayList<>();
    while (!tokens.accepts(end)) {
      items.add(choice());
      if (!tokens.peek().isOperator(end)) {
        tokens.expect(",");
      }
    }
    return items;
  }

  private static Expression list(List<Expression> items) {
    return scope -> {
      List<Object> values = new ArrayList<>();
      for (Expression item : items) {
        values.add(item.evaluate(scope));
      }
      return values;
    };
  }

  private Expression object() throws ChatTemplateException {
    Map<Expression, Expression> entries = new LinkedHashMap<>();
    while (!tokens.accepts("}")) {
      Expression key = choice();
      tokens.expect(":");
      entries.put(key, choice());
      if (!tokens.peek().isOperator("}")) {
        tokens.expect(",");
      }
    }
    return scope -> {
      Map<Object, Object> values = new LinkedHashMap<>();
      for (Map.Entry<Expression, Expression> entry : entries.entrySet()) {
        values.put(entry.getKey().evaluate(scope), entry.getValue().evaluate(scope));
      }
      return values;
    };
  }
}
