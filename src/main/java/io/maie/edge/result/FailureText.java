package io.maie.edge.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure for people who see only the folder. */
final class FailureText {
  private final StringBuilder text = new StringBuilder();

  private FailureText() {}

  static String of(ResultDocument.Failed document) {
    return new FailureText().write(document);
  }

  private String write(ResultDocument.Failed document) {
    Envelope envelope = document.envelope();
    FailureReport error = document.error();
    text.append("No transcript was made of \"").append(line(envelope.source().name()));
    text.append("\".\n\nWhat happened\n");
    paragraph(error.code().sentence());
    paragraph(sentence(error.message()));
    text.append("\nWhat to do\n");
    paragraph(sentence(error.hint()));
    text.append("\nFor the operator\n");
    fact("code", error.code().name());
    fact("stage", error.stage());
    fact("when", Timestamps.plain(envelope.completedAt()));
    fact("attempts", String.valueOf(envelope.attempts()));
    fact("file", envelope.source().path());
    fact("task", envelope.taskId());
    for (Map.Entry<String, String> detail : error.details().entrySet()) {
      fact(detail.getKey(), detail.getValue());
    }
    return text.toString();
  }

  private void paragraph(String paragraph) {
    text.append("  ").append(line(paragraph)).append('\n');
  }

  private void fact(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append("  ").append(name).append(": ").append(line(value)).append('\n');
    }
  }

  /** Messages come without a final stop. */
  private static String sentence(String message) {
    boolean ends = message.endsWith(".") || message.endsWith("!") || message.endsWith("?");
    return ends ? message : message + ".";
  }

  /** File names may hold line breaks and worse; a text must not be forged by them. */
  private static String line(String text) {
    return PlainText.oneLine(text).replaceAll("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]", "?");
  }
}
