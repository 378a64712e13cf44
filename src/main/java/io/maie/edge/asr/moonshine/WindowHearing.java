package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.QuietPoint;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.WordSplitter;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hears one window. Used by one thread at a time. */
final class WindowHearing {
  /** A window whose text goes round in a circle is heard again in halves, if it is longer: 4 s. */
  private static final int LEAST_HALVED_SAMPLES = 4 * Waveform.SAMPLE_RATE;

  /** The most times that a window is halved. */
  private static final int MAX_DEPTH = 3;

  private final MoonshineEngine engine;
  private final String language;
  private final Cancellation cancellation;
  private final SpeechWindow window;

  /**
   * A way to hear a window.
   *
   * @param language that is spoken, ISO 639-1
   * @param cancellation asked after every token
   */
  WindowHearing(
      MoonshineEngine engine, String language, Cancellation cancellation, SpeechWindow window) {
    this.engine = engine;
    this.language = language;
    this.cancellation = cancellation;
    this.window = window;
  }

  /** Decodes the window, which was encoded. */
  List<Segment> hear(EncodingAhead.Encoded encoded)
      throws ProcessingException, TaskStoppedException {
    return hear(encoded, 0);
  }

  private List<Segment> hear(EncodingAhead.Encoded heard, int depth)
      throws ProcessingException, TaskStoppedException {
    WindowSound sound = heard.sound();
    double seconds = (double) sound.samples().length / Waveform.SAMPLE_RATE;
    HeardText text = engine.decoder().decode(heard.states(), seconds, cancellation);
    int length = sound.spoken();
    if (text.looped() && length > LEAST_HALVED_SAMPLES && depth < MAX_DEPTH) {
      int cut = QuietPoint.quietest(sound.samples(), length / 4, length * 3 / 4);
      List<Segment> segments = new ArrayList<>();
      segments.addAll(hear(heard.part(0, cut), depth + 1));
      segments.addAll(hear(heard.part(cut, length), depth + 1));
      return segments;
    }
    List<SpokenWord> words = words(heard, text.tokens());
    return new Sentences(window, text.silence(), language).of(words);
  }

  private List<SpokenWord> words(EncodingAhead.Encoded heard, List<ScoredToken> tokens)
      throws ProcessingException {
    WindowSound sound = heard.sound();
    List<WordSplitter.Part> parts = engine.words().split(tokens, language);
    if (parts.isEmpty()) {
      return List.of();
    }
    Optional<List<WordTimes.Stretch>> attended =
        engine.wordTimes().attended(tokens, parts, heard.states(), sound);
    List<WordTimes.Stretch> times =
        attended.isPresent() ? attended.get() : WordTimes.estimated(parts, sound);
    List<SpokenWord> words = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      WordSplitter.Part part = parts.get(i);
      SampleSpan span = toRecording(sound.offset(), times.get(i));
      double sum =
          tokens.subList(part.from(), part.to()).stream()
              .mapToDouble(ScoredToken::logProbability)
              .sum();
      int count = part.to() - part.from();
      double probability = Math.min(1, Math.exp(sum / count));
      words.add(
          new SpokenWord(new Word(span, part.text(), probability, attended.isEmpty()), sum, count));
    }
    return words;
  }

  /** Clipped to the window. */
  private SampleSpan toRecording(int offset, WordTimes.Stretch time) {
    long start = Math.min(offset + time.start(), window.length() - 1);
    long end = Math.min(offset + time.end(), window.length());
    return window.withinPiece(new SampleSpan(start, Math.max(start + 1, end)));
  }
}
