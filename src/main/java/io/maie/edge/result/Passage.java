package io.maie.edge.result;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A paragraph for reading.
 *
 * @param speaker such as {@code S1}; null if it is not known
 */
record Passage(SampleSpan span, @Nullable String speaker, String text) {
  /** A pause that ends a paragraph wherever it falls. */
  private static final long LONG_PAUSE = 2L * Waveform.SAMPLE_RATE;

  /** A pause that ends a paragraph which is long already: 0.6 s. */
  private static final long SHORT_PAUSE = Waveform.SAMPLE_RATE * 6L / 10;

  /** Characters from which a paragraph is long. */
  private static final int LONG = 600;

  /** The passages of the clean transcript, or else of the recognised one. */
  static List<Passage> of(Results results) {
    @Nullable CleanTranscript clean = results.clean();
    if (clean != null) {
      return clean.paragraphs().stream()
          .map(paragraph -> new Passage(paragraph.span(), paragraph.speaker(), paragraph.text()))
          .toList();
    }
    @Nullable Transcript transcript = results.transcript();
    return transcript == null ? List.of() : of(transcript);
  }

  /** Paragraphs end where the speaker pauses or changes. */
  static List<Passage> of(Transcript transcript) {
    List<Passage> passages = new ArrayList<>();
    for (Segment segment : transcript.segments()) {
      String text = PlainText.oneLine(segment.text());
      if (text.isEmpty()) {
        continue;
      }
      @Nullable SpeakerLabel label = segment.speaker();
      Passage next = new Passage(segment.span(), label == null ? null : label.speaker(), text);
      int last = passages.size() - 1;
      if (last < 0 || passages.get(last).endsBefore(next)) {
        passages.add(next);
      } else {
        passages.set(last, passages.get(last).with(next));
      }
    }
    return passages;
  }

  private boolean endsBefore(Passage next) {
    long pause = next.span.start() - span.end();
    return !Objects.equals(speaker, next.speaker)
        || pause >= LONG_PAUSE
        || (text.length() >= LONG && pause >= SHORT_PAUSE);
  }

  private Passage with(Passage next) {
    long end = Math.max(span.end(), next.span.end());
    return new Passage(new SampleSpan(span.start(), end), speaker, text + " " + next.text);
  }
}
