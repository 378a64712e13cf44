package io.maie.edge.text.clean;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts sentences together: a paragraph ends where the speaker changes, pauses, or goes on long. */
final class Paragraphs {
  private static final double LONG_PAUSE = 2;

  /** A pause that ends a paragraph which is long already. */
  private static final double SHORT_PAUSE = 0.6;

  /** Characters from which a paragraph is long. */
  private static final int LONG = 450;

  /** Characters from which the next sentence begins a paragraph whatever the pause. */
  private static final int LONGEST = 900;

  private final List<Paragraph> paragraphs = new ArrayList<>();
  private List<Sentence> pending = new ArrayList<>();
  private @Nullable String speaker;
  private long end;
  private int length;

  private Paragraphs() {}

  static CleanTranscript of(List<List<Token>> sentences) {
    Paragraphs paragraphs = new Paragraphs();
    sentences.forEach(paragraphs::add);
    paragraphs.flush();
    return new CleanTranscript(paragraphs.paragraphs);
  }

  private void add(List<Token> tokens) {
    Token first = tokens.get(0);
    if (!pending.isEmpty() && begins(first)) {
      flush();
    }
    String text = text(tokens);
    boolean breaks = first.edge() == Token.Edge.LINE && !pending.isEmpty();
    if (breaks) {
      Sentence before = pending.remove(pending.size() - 1);
      pending.add(new Sentence(before.span(), before.text() + "\n" + text));
    } else {
      pending.add(new Sentence(span(tokens), text));
    }
    speaker = first.speaker();
    end = tokens.get(tokens.size() - 1).end();
    length += text.length();
  }

  private boolean begins(Token first) {
    double pause = (double) (first.start() - end) / Waveform.SAMPLE_RATE;
    return !Objects.equals(speaker, first.speaker())
        || first.edge() == Token.Edge.PARAGRAPH
        || pause >= LONG_PAUSE
        || (length >= LONG && pause >= SHORT_PAUSE)
        || length >= LONGEST;
  }

  private void flush() {
    if (!pending.isEmpty()) {
      paragraphs.add(new Paragraph(speaker, pending));
      pending = new ArrayList<>();
      length = 0;
    }
  }

  private static SampleSpan span(List<Token> tokens) {
    long start = tokens.get(0).start();
    long last = tokens.stream().mapToLong(Token::end).max().orElse(start);
    return new SampleSpan(start, Math.max(start, last));
  }

  private static String text(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      boolean isGlued = text.isEmpty() || token.edge() == Token.Edge.NONE;
      text.append(isGlued ? "" : " ").append(token.text());
    }
    return text.toString();
  }
}
