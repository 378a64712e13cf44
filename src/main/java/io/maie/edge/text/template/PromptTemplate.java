package io.maie.edge.text.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt in a small part of the language of Jinja: {@code {{ name }}}, {@code {{ item.field }}},
 * {@code {% for item in list %}}, {@code {% if name %}} with {@code {% else %}}, and {@code {#
 * comments #}}; a hyphen inside a mark takes the white space beside it away. It can neither call
 * anything nor read anything but what it is given, its loops end, and what it is given is not read
 * as a prompt again.
 */
final class PromptTemplate {
  private static final Pattern MARK =
      Pattern.compile(
          "\\{\\{(-?)(.*?)(-?)}}|\\{%(-?)(.*?)(-?)%}|\\{#(-?).*?(-?)#}", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[a-z_]+(?:\\.[a-z_]+)?");
  private static final Pattern FOR = Pattern.compile("for\\s+([a-z_]+)\\s+in\\s+([a-z_]+)");
  private static final Pattern IF = Pattern.compile("if\\s+([a-z_]+(?:\\.[a-z_]+)?)");

  private final List<Part> parts;

  private PromptTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** A piece of a prompt. */
  private interface Part {
    void append(Values values, StringBuilder text);
  }

  /**
   * Values that fill a prompt.
   *
   * @param texts by their names; a field of an item of a list by the name of both
   * @param lists by their names; each item holds texts by the names of its fields
   */
  record Values(Map<String, String> texts, Map<String, List<Map<String, String>>> lists) {

    private boolean isSaid(String name) {
      return !texts.getOrDefault(name, "").isBlank()
          || !lists.getOrDefault(name, List.of()).isEmpty();
    }

    private Values with(String item, Map<String, String> fields) {
      Map<String, String> all = new HashMap<>(texts);
      fields.forEach((field, text) -> all.put(item + "." + field, text));
      return new Values(all, lists);
    }
  }

  /**
   * Names that a prompt may use.
   *
   * @param texts names of texts
   * @param lists names of lists, with the fields of their items
   */
  record Names(Set<String> texts, Map<String, Set<String>> lists) {}

  /**
   * Reads a prompt.
   *
   * @throws PromptSyntaxException if it uses other names, or anything else
   */
  static PromptTemplate parse(String source, Names names) throws PromptSyntaxException {
    return new PromptTemplate(new Parser(source, names).parse());
  }

  /** The text of the prompt. */
  String render(Values values) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> part.append(values, text));
    return text.toString();
  }

  /** A loop or a choice whose end was not read yet. */
  private static final class Block {
    final List<Part> before;
    final String mark;
    final int line;
    List<Part> otherwise = List.of();
    boolean hasElse;

    Block(List<Part> before, String mark, int line) {
      this.before = before;
      this.mark = mark;
      this.line = line;
    }
  }

  private static final class Parser {
    private final String source;
    private final Names names;
    private final Deque<Block> open = new ArrayDeque<>();
    private List<Part> parts = new ArrayList<>();
    private int line = 1;

    Parser(String source, Names names) {
      this.source = source;
      this.names = names;
    }

    List<Part> parse() throws PromptSyntaxException {
      Matcher marks = MARK.matcher(source);
      int at = 0;
      boolean strips = false;
      while (marks.find()) {
        boolean stripsBefore = isHyphen(marks, 1) || isHyphen(marks, 4) || isHyphen(marks, 7);
        line = lineOf(at);
        String text = source.substring(at, marks.start());
        String stripped = strips ? text.stripLeading() : text;
        text(stripsBefore ? stripped.stripTrailing() : stripped);
        line = lineOf(marks.start());
        if (marks.group(2) != null) {
          value(marks.group(2).strip());
        } else if (marks.group(5) != null) {
          statement(marks.group(5).strip());
        }
        strips = isHyphen(marks, 3) || isHyphen(marks, 6) || isHyphen(marks, 8);
        at = marks.end();
      }
      line = lineOf(at);
      String last = source.substring(at);
      text(strips ? last.stripLeading() : last);
      if (!open.isEmpty()) {
        throw new PromptSyntaxException(
            open.element().line, "expected an end of {% " + open.element().mark + " %}");
      }
      return parts;
    }

    private int lineOf(int place) {
      return (int) source.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
    }

    private static boolean isHyphen(Matcher marks, int group) {
      return "-".equals(marks.group(group));
    }

    private void text(String kept) throws PromptSyntaxException {
      for (String mark : List.of("{{", "{%", "{#")) {
        if (kept.contains(mark)) {
          int before = (int) kept.substring(0, kept.indexOf(mark)).lines().count();
          throw new PromptSyntaxException(
              line + Math.max(0, before - 1) + (kept.indexOf("\n" + mark) >= 0 ? 1 : 0),
              "expected an end of " + mark);
        }
      }
      parts.add((values, target) -> target.append(kept));
    }

    private void value(String name) throws PromptSyntaxException {
      checkText(name);
      parts.add((values, target) -> target.append(values.texts().getOrDefault(name, "")));
    }

    private void statement(String mark) throws PromptSyntaxException {
      Matcher loop = FOR.matcher(mark);
      Matcher choice = IF.matcher(mark);
      if (loop.matches()) {
        if (!names.lists.containsKey(loop.group(2))) {
          throw unknown(loop.group(2));
        }
        begin(mark);
      } else if (choice.matches()) {
        if (!names.lists.containsKey(choice.group(1))) {
          checkText(choice.group(1));
        }
        begin(mark);
      } else if (mark.equals("else")
          && !open.isEmpty()
          && isOpen("if")
          && !open.element().hasElse) {
        open.element().hasElse = true;
        open.element().otherwise = parts;
        parts = new ArrayList<>();
      } else if (mark.equals("endfor") && isOpen("for")) {
        endLoop(open.pop());
      } else if (mark.equals("endif") && isOpen("if")) {
        endChoice(open.pop());
      } else {
        throw new PromptSyntaxException(
            line,
            "expected for, if, else or their ends, found {% "
                + mark
                + " %}; prompts know nothing else");
      }
    }

    private void begin(String mark) {
      open.push(new Block(parts, mark, line));
      parts = new ArrayList<>();
    }

    private boolean isOpen(String kind) {
      return !open.isEmpty() && open.element().mark.startsWith(kind + " ");
    }

    private void endLoop(Block block) {
      Matcher loop = FOR.matcher(block.mark);
      if (!loop.matches()) {
        throw new IllegalStateException("the mark was read before");
      }
      String item = loop.group(1);
      String list = loop.group(2);
      PromptTemplate body = new PromptTemplate(parts);
      parts = block.before;
      parts.add(
          (values, target) ->
              values
                  .lists()
                  .getOrDefault(list, List.of())
                  .forEach(fields -> target.append(body.render(values.with(item, fields)))));
    }

    private void endChoice(Block block) {
      String name = block.mark.substring("if ".length()).strip();
      PromptTemplate last = new PromptTemplate(parts);
      PromptTemplate first = block.hasElse ? new PromptTemplate(block.otherwise) : last;
      PromptTemplate second = block.hasElse ? last : new PromptTemplate(List.of());
      parts = block.before;
      parts.add(
          (values, target) -> target.append((values.isSaid(name) ? first : second).render(values)));
    }

    private void checkText(String name) throws PromptSyntaxException {
      if (!NAME.matcher(name).matches()) {
        throw new PromptSyntaxException(
            line, "expected a name such as schema, found {{ " + name + " }}");
      }
      if (!names.texts.contains(name) && !isField(name)) {
        throw unknown(name);
      }
    }

    /** Returns whether a loop around this place has items with such a field. */
    private boolean isField(String name) {
      int dot = name.indexOf('.');
      for (Block block : open) {
        Matcher loop = FOR.matcher(block.mark);
        if (dot > 0 && loop.matches() && loop.group(1).equals(name.substring(0, dot))) {
          return names
              .lists
              .getOrDefault(loop.group(2), Set.of())
              .contains(name.substring(dot + 1));
        }
      }
      return false;
    }

    private PromptSyntaxException unknown(String name) {
      return new PromptSyntaxException(
          line,
          "there is no '%s' here; there are %s and %s"
              .formatted(
                  name,
                  names.texts.stream().sorted().toList(),
                  names.lists.keySet().stream().sorted().toList()));
    }
  }
}
