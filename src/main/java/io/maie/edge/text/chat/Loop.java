package io.maie.edge.text.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jinja's {@code for}. Each round has a scope of its own; {@code loop} tells where it is.
 *
 * @param names one, or as many as each item has parts
 * @param filter the items to take; null = all
 * @param otherwise is run if there is no item
 */
record Loop(
    List<String> names,
    Expression items,
    @Nullable Expression filter,
    Statement body,
    Statement otherwise)
    implements Statement {

  @Override
  public void run(Scope scope) throws ChatTemplateException {
    List<Object> taken = taken(scope);
    for (int i = 0; i < taken.size(); i++) {
      scope.output().work().step();
      Scope round = scope.inner();
      name(taken.get(i), round);
      round.set("loop", place(taken, i));
      body.run(round);
    }
    if (taken.isEmpty()) {
      otherwise.run(scope);
    }
  }

  private List<Object> taken(Scope scope) throws ChatTemplateException {
    List<Object> all = Values.items(items.evaluate(scope));
    if (filter == null) {
      return all;
    }
    List<Object> taken = new ArrayList<>();
    for (Object item : all) {
      scope.output().work().step();
      Scope own = scope.inner();
      name(item, own);
      if (Values.isTrue(filter.evaluate(own))) {
        taken.add(item);
      }
    }
    return taken;
  }

  private void name(Object item, Scope scope) throws ChatTemplateException {
    if (names.size() == 1) {
      scope.set(names.get(0), item);
      return;
    }
    List<Object> parts = Values.items(item);
    if (parts.size() != names.size()) {
      throw new ChatTemplateException(
          "a loop names %d parts of an item that has %d".formatted(names.size(), parts.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      scope.set(names.get(i), parts.get(i));
    }
  }

  private static Map<String, Object> place(List<Object> items, int index) {
    int size = items.size();
    Map<String, Object> loop = new LinkedHashMap<>();
    loop.put("index", index + 1L);
    loop.put("index0", (long) index);
    loop.put("revindex", (long) size - index);
    loop.put("revindex0", size - index - 1L);
    loop.put("first", index == 0);
    loop.put("last", index == size - 1);
    loop.put("length", (long) size);
    loop.put("previtem", index == 0 ? Absent.UNDEFINED : items.get(index - 1));
    loop.put("nextitem", index == size - 1 ? Absent.UNDEFINED : items.get(index + 1));
    return loop;
  }
}
