package io.maie.edge.result;

import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A transcript for reading: paragraphs where the speaker pauses or changes. */
final class PlainText {
  /** A pause that ends a paragraph wherever it falls. */
  private static final long LONG_PAUSE = 2L * Waveform.SAMPLE_RATE;

  /** A pause that ends a paragraph which is long already: 0.6 s. */
  private static final long SHORT_PAUSE = Waveform.SAMPLE_RATE * 6L / 10;

  /** Characters from which a paragraph is long. */
  private static final int LONG_PARAGRAPH = 600;

  private PlainText() {}

  /**
   * Paragraphs separated by an empty line; empty if nothing was said. Where speakers are known, a
   * paragraph begins with who speaks.
   */
  static String of(Transcript transcript, Speakers speakers) {
    StringBuilder text = new StringBuilder();
    int paragraphStart = 0;
    long lastEnd = 0;
    @Nullable String lastSpeaker = null;
    for (Segment segment : transcript.segments()) {
      String line = oneLine(segment.text());
      if (line.isEmpty()) {
        continue;
      }
      long pause = segment.span().start() - lastEnd;
      boolean isLong = text.length() - paragraphStart >= LONG_PARAGRAPH;
      @Nullable String speaker = speakers.nameOf(segment.speaker());
      boolean changes = !Objects.equals(speaker, lastSpeaker);
      boolean breaks = changes || pause >= LONG_PAUSE || (isLong && pause >= SHORT_PAUSE);
      if (text.length() > 0) {
        text.append(breaks ? "\n\n" : " ");
        paragraphStart = breaks ? text.length() : paragraphStart;
      }
      if (speaker != null && (breaks || text.length() == 0)) {
        text.append(oneLine(speaker)).append(": ");
      }
      text.append(line);
      lastEnd = segment.span().end();
      lastSpeaker = speaker;
    }
    return text.length() == 0 ? "" : text.append('\n').toString();
  }

  /**
   * The paragraphs of a clean transcript, separated by an empty line; empty if nothing was said.
   * Where speakers are known, a paragraph begins with who speaks if it is not who spoke before.
   */
  static String of(CleanTranscript transcript, Speakers speakers) {
    StringBuilder text = new StringBuilder();
    @Nullable String lastSpeaker = null;
    for (Paragraph paragraph : transcript.paragraphs()) {
      @Nullable String speaker = paragraph.speaker();
      text.append(text.isEmpty() ? "" : "\n\n");
      if (speaker != null && !speaker.equals(lastSpeaker)) {
        text.append(oneLine(speakers.nameOf(speaker))).append(": ");
      }
      text.append(paragraph.text());
      lastSpeaker = speaker;
    }
    return text.isEmpty() ? "" : text.append('\n').toString();
  }

  /** Single blanks instead of any white space. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
