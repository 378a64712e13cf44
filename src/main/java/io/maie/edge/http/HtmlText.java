package io.maie.edge.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML. Texts and values of attributes are escaped, whatever they hold, so that what comes
 * from recordings and their names never becomes an element. Used by one thread.
 */
final class HtmlText {
  private final StringBuilder html = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element; {@code attributes} are names and values in turn. */
  HtmlText open(String name, String... attributes) {
    tag(name, attributes);
    open.push(name);
    return this;
  }

  /** Ends the element that was begun last. */
  HtmlText close() {
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element that holds nothing, such as a field of a form. */
  HtmlText empty(String name, String... attributes) {
    tag(name, attributes);
    return this;
  }

  /** An element that holds a text. */
  HtmlText line(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  /** A text; what it quotes, such as a command, as code. */
  HtmlText quoting(String text) {
    String[] parts = text.split("[‘’]", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        text(parts[i]);
      } else {
        line("code", parts[i]);
      }
    }
    return this;
  }

  HtmlText text(String text) {
    escape(text);
    return this;
  }

  /** The whole document, in which every element has ended. */
  String document() {
    while (!open.isEmpty()) {
      close();
    }
    return "<!doctype html>\n" + html + "\n";
  }

  private void tag(String name, String... attributes) {
    html.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      html.append('"');
    }
    html.append('>');
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }
}
