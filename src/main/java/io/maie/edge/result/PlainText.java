package io.maie.edge.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transcript for reading: paragraphs where the speaker pauses or changes. */
final class PlainText {
  private PlainText() {}

  /**
   * Paragraphs separated by an empty line; empty if nothing was said. If speakers are known, a
   * paragraph begins with its speaker whenever the speaker changes.
   */
  static String of(List<Passage> passages, Speakers speakers) {
    StringBuilder text = new StringBuilder();
    @Nullable String lastSpeaker = null;
    for (Passage passage : passages) {
      @Nullable String speaker = passage.speaker();
      text.append(text.isEmpty() ? "" : "\n\n");
      if (speaker != null && !speaker.equals(lastSpeaker)) {
        text.append(oneLine(speakers.nameOf(speaker))).append(": ");
      }
      text.append(passage.text());
      lastSpeaker = speaker;
    }
    return text.isEmpty() ? "" : text.append('\n').toString();
  }

  /** Single blanks instead of any white space. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
