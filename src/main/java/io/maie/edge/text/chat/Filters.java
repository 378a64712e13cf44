package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Jinja's filters, as far as templates of chats need them. */
final class Filters {
  private static final Set<String> KNOWN =
      Set.of(
          "trim",
          "length",
          "count",
          "tojson",
          "join",
          "first",
          "last",
          "upper",
          "lower",
          "capitalize",
          "replace",
          "default",
          "d",
          "string",
          "int",
          "list",
          "items",
          "reverse",
          "selectattr",
          "rejectattr",
          "map",
          "safe");

  private Filters() {}

  static void requireKnown(Token name) throws ChatTemplateException {
    if (!KNOWN.contains(name.text())) {
      throw ChatTemplateException.at(
          name.line(), "the filter '" + name.text() + "' is not offered");
    }
  }

  static Object apply(Object value, Call call) throws ChatTemplateException {
    List<Object> arguments = call.arguments();
    return switch (call.name()) {
      case "trim" -> Methods.result(Values.text(value), call.of("strip"));
      case "upper", "lower", "capitalize", "replace" -> Methods.result(Values.text(value), call);
      case "length", "count" -> length(value);
      case "tojson" -> JsonText.of(value, indent(call));
      case "join" -> joined(value, call);
      case "first" -> first(Values.items(value));
      case "last" -> last(Values.items(value));
      case "default", "d" -> defaulted(value, arguments);
      case "string" -> Values.text(value);
      case "int" -> integer(value);
      case "list" -> Values.items(value);
      case "items" -> Methods.result(value, call);
      case "reverse" -> reversed(value);
      case "selectattr" -> selected(value, arguments, true);
      case "rejectattr" -> selected(value, arguments, false);
      case "map" -> mapped(value, call);
      default -> value;
    };
  }

  private static Object length(Object value) throws ChatTemplateException {
    if (value instanceof String text) {
      return (long) text.codePointCount(0, text.length());
    }
    if (value instanceof Map<?, ?> map) {
      return (long) map.size();
    }
    if (value instanceof List<?> list) {
      return (long) list.size();
    }
    if (value == Absent.UNDEFINED) {
      return 0L;
    }
    throw new ChatTemplateException("the length is asked of " + Values.kind(value));
  }

  private static int indent(Call call) {
    Object first = call.arguments().isEmpty() ? 0L : call.arguments().get(0);
    Object indent = call.named().getOrDefault("indent", first);
    return indent instanceof Long number ? (int) Math.max(0, Math.min(8, number)) : 0;
  }

  private static String joined(Object value, Call call) throws ChatTemplateException {
    Object first = call.arguments().isEmpty() ? "" : call.arguments().get(0);
    Object separator = call.named().getOrDefault("d", first);
    return String.join(
        Values.text(separator), Values.items(value).stream().map(Values::text).toList());
  }

  private static Object first(List<Object> items) {
    return items.isEmpty() ? Absent.UNDEFINED : items.get(0);
  }

  private static Object last(List<Object> items) {
    return items.isEmpty() ? Absent.UNDEFINED : items.get(items.size() - 1);
  }

  private static Object defaulted(Object value, List<Object> arguments) {
    boolean isAlsoForFalse = arguments.size() > 1 && Values.isTrue(arguments.get(1));
    boolean isUsed = value == Absent.UNDEFINED || (isAlsoForFalse && !Values.isTrue(value));
    return isUsed ? (arguments.isEmpty() ? "" : arguments.get(0)) : value;
  }

  private static Object integer(Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    String text = Values.text(value).strip();
    return text.matches("[-+]?\\d{1,15}") ? Long.valueOf(text) : Long.valueOf(0);
  }

  private static Object reversed(Object value) throws ChatTemplateException {
    List<Object> items = new ArrayList<>(Values.items(value));
    Collections.reverse(items);
    return value instanceof String
        ? String.join("", items.stream().map(Values::text).toList())
        : items;
  }

  private static List<Object> selected(Object value, List<Object> arguments, boolean isWanted)
      throws ChatTemplateException {
    if (arguments.isEmpty()) {
      throw new ChatTemplateException("a choice by attribute names no attribute");
    }
    List<Object> kept = new ArrayList<>();
    for (Object item : Values.items(value)) {
      Object attribute = Values.item(item, arguments.get(0));
      boolean holds =
          arguments.size() == 1
              ? Values.isTrue(attribute)
              : test(attribute, callIn(arguments.subList(1, arguments.size())));
      if (holds == isWanted) {
        kept.add(item);
      }
    }
    return kept;
  }

  private static boolean test(Object value, Call call) throws ChatTemplateException {
    String known = call.name().equals("==") ? "eq" : call.name().toLowerCase(Locale.ROOT);
    Tests.requireKnown(new Token(Token.Kind.NAME, known, 1));
    return Tests.holds(value, call.of(known));
  }

  /** The call that arguments describe: a name, and the arguments for it. */
  private static Call callIn(List<Object> arguments) {
    return arguments.isEmpty()
        ? new Call("", List.of(), Map.of())
        : new Call(Values.text(arguments.get(0)), arguments.subList(1, arguments.size()), Map.of());
  }

  private static List<Object> mapped(Object value, Call call) throws ChatTemplateException {
    List<Object> mapped = new ArrayList<>();
    for (Object item : Values.items(value)) {
      if (call.named().containsKey("attribute")) {
        mapped.add(Values.item(item, call.named().getOrDefault("attribute", "")));
      } else {
        Call inner = callIn(call.arguments());
        requireKnown(new Token(Token.Kind.NAME, inner.name(), 1));
        mapped.add(apply(item, inner));
      }
    }
    return mapped;
  }
}
