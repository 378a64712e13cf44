package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.QuietPoint;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.seq2seq.EncodedChunks;
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

  /**
   * A way to hear windows.
   *
   * @param language that is spoken, ISO 639-1
   * @param cancellation asked after every token
   */
  WindowHearing(MoonshineEngine engine, String language, Cancellation cancellation) {
    this.engine = engine;
    this.language = language;
    this.cancellation = cancellation;
  }

  /** Decodes a window that was encoded. */
  List<Segment> hear(SpeechWindow window, EncodingAhead.Encoded encoded)
      throws ProcessingException, TaskStoppedException {
    return hear(window, encoded, 0);
  }

  private List<Segment> hear(SpeechWindow window, EncodingAhead.Encoded heard, int depth)
      throws ProcessingException, TaskStoppedException {
    WindowSound sound = heard.sound();
    EncodedChunks encoded = heard.states();
    double seconds = (double) sound.samples().length / Waveform.SAMPLE_RATE;
    HeardText text = engine.decoder().decode(encoded, seconds, cancellation);
    int length = sound.spoken();
    if (text.looped() && length > LEAST_HALVED_SAMPLES && depth < MAX_DEPTH) {
      int cut = QuietPoint.quietest(sound.samples(), length / 4, length * 3 / 4);
      List<Segment> segments = new ArrayList<>();
      segments.addAll(hear(window, part(heard, 0, cut), depth + 1));
      segments.addAll(hear(window, part(heard, cut, length), depth + 1));
      return segments;
    }
    List<SpokenWord> words = words(window, sound, encoded, text.tokens());
    return new Sentences(window, text.silence(), language).of(words);
  }

  private static EncodingAhead.Encoded part(EncodingAhead.Encoded whole, int from, int to)
      throws ProcessingException {
    WindowSound sound = whole.sound().part(from, to);
    Encoder encoder = whole.encoder();
    return new EncodingAhead.Encoded(sound, encoder.encode(sound.samples()), encoder);
  }

  private List<SpokenWord> words(
      SpeechWindow window, WindowSound sound, EncodedChunks encoded, List<ScoredToken> tokens)
      throws ProcessingException {
    List<WordSplitter.Part> parts = engine.words().split(tokens, language);
    if (parts.isEmpty()) {
      return List.of();
    }
    Optional<List<WordTimes.Stretch>> attended =
        engine.wordTimes().attended(tokens, parts, encoded, sound);
    List<WordTimes.Stretch> times =
        attended.isPresent() ? attended.get() : WordTimes.estimated(parts, sound);
    List<SpokenWord> words = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      WordSplitter.Part part = parts.get(i);
      SampleSpan span = toRecording(window, sound.offset(), times.get(i));
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
  private static SampleSpan toRecording(SpeechWindow window, int offset, WordTimes.Stretch time) {
    long start = Math.min(offset + time.start(), window.length() - 1);
    long end = Math.min(offset + time.end(), window.length());
    return window.withinPiece(new SampleSpan(start, Math.max(start + 1, end)));
  }
}
