package io.maie.edge.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure for people who see only the folder. */
final class FailureText {
  private FailureText() {}

  static String of(ResultDocument.Failed document) {
    Envelope envelope = document.envelope();
    FailureReport error = document.error();
    StringBuilder text = new StringBuilder();
    text.append("No transcript was made of \"").append(line(envelope.source().name()));
    text.append("\".\n\nWhat happened\n");
    paragraph(text, error.code().sentence());
    paragraph(text, sentence(error.message()));
    text.append("\nWhat to do\n");
    paragraph(text, sentence(error.hint()));
    text.append("\nFor the operator\n");
    fact(text, "code", error.code().name());
    fact(text, "stage", error.stage());
    fact(text, "when", Timestamps.plain(envelope.completedAt()));
    fact(text, "attempts", String.valueOf(envelope.attempts()));
    fact(text, "file", envelope.source().path());
    fact(text, "task", envelope.taskId());
    for (Map.Entry<String, String> detail : error.details().entrySet()) {
      fact(text, detail.getKey(), detail.getValue());
    }
    return text.toString();
  }

  private static void paragraph(StringBuilder text, String paragraph) {
    text.append("  ").append(line(paragraph)).append('\n');
  }

  private static void fact(StringBuilder text, String name, @Nullable String value) {
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
