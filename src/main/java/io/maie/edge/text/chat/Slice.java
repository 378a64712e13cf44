package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list or text by Python's rules.
 *
 * @param from the first item, or the one that many from the end; null = all
 * @param to the item after the last; null = all
 * @param step the distance to the next item, negative = backwards; null = 1
 */
record Slice(@Nullable Expression from, @Nullable Expression to, @Nullable Expression step) {

  Object of(Object value, Scope scope) throws ChatTemplateException {
    boolean isText = value instanceof String;
    if (!isText && !(value instanceof List)) {
      throw new ChatTemplateException("a part is taken of " + Values.kind(value));
    }
    List<Object> items = Values.items(value);
    List<Object> part = part(items, scope);
    return isText ? String.join("", part.stream().map(Values::text).toList()) : part;
  }

  private List<Object> part(List<Object> items, Scope scope) throws ChatTemplateException {
    long stride = number(step, 1, scope);
    if (stride == 0) {
      throw new ChatTemplateException("the step of a part is 0");
    }
    int size = items.size();
    boolean forward = stride > 0;
    long low = forward ? 0 : -1;
    long high = forward ? size : size - 1;
    long start = bounded(number(from, forward ? low : high, scope), from, size, low, high);
    long end = bounded(number(to, forward ? high : low, scope), to, size, low, high);
    List<Object> part = new ArrayList<>();
    for (long i = start; forward ? i < end : i > end; i += stride) {
      part.add(items.get((int) i));
    }
    return part;
  }

  private static long bounded(
      long index, @Nullable Expression written, int size, long low, long high) {
    long at = written != null && index < 0 ? index + size : index;
    return Math.max(low, Math.min(high, at));
  }

  private static long number(@Nullable Expression expression, long absent, Scope scope)
      throws ChatTemplateException {
    if (expression == null) {
      return absent;
    }
    Object value = expression.evaluate(scope);
    if (value == Absent.NONE) {
      return absent;
    }
    if (value instanceof Long number) {
      return number;
    }
    throw new ChatTemplateException("a part begins or ends at " + Values.kind(value));
  }
}
