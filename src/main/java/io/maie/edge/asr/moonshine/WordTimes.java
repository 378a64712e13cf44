package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.Alignment;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.HeardSound;
import io.maie.edge.asr.seq2seq.RowRange;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.WordSplitter;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells when words were said, from the places that the decoder attended to while it predicted their
 * tokens, without the pauses between them. One thread at a time.
 */
final class WordTimes {
  /** A word that sticks out of a pause by no more is quiet as a whole, and stays: 30 ms. */
  private static final long QUIET_WORD_SAMPLES = Waveform.SAMPLE_RATE * 3L / 100;

  /** No word is shorter than 20 ms. */
  private static final long LEAST_SAMPLES = Waveform.SAMPLE_RATE / 50;

  private final Alignment alignment;
  private final int startToken;
  private final long shiftSamples;

  /**
   * Times of words.
   *
   * @param alignment of the model's decoder
   */
  WordTimes(MoonshineSettings settings, Alignment alignment) {
    this.alignment = alignment;
    startToken = settings.startToken();
    shiftSamples = Math.round(settings.alignmentShiftSeconds() * Waveform.SAMPLE_RATE);
  }

  /**
   * The place of a word.
   *
   * @param start samples from the beginning of the sound
   * @param end above {@code start}
   */
  record Stretch(long start, long end) {}

  /**
   * The stretches of words, in order.
   *
   * @param text tokens without the end of the text
   * @param words of the text
   * @return one for each word; empty if the decoder does not return its attention
   */
  Optional<List<Stretch>> attended(
      List<ScoredToken> text,
      List<WordSplitter.Part> words,
      EncodedChunks encoded,
      WindowSound sound)
      throws ProcessingException {
    long[] ids = new long[text.size() + 1];
    ids[0] = startToken;
    for (int i = 0; i < text.size(); i++) {
      ids[i + 1] = text.get(i).id();
    }
    Optional<int[]> entries;
    try (Tensor hidden = encoded.all()) {
      entries =
          alignment.entries(ids, RowRange.of(ids.length), HeardSound.of(hidden), encoded.frames());
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    List<Pauses.Pause> pauses = Pauses.in(sound.samples());
    List<Stretch> stretches = new ArrayList<>();
    for (WordSplitter.Part word : words) {
      long start = clipped(entries.get()[word.from()], sound);
      long end = clipped(entries.get()[word.to()], sound);
      stretches.add(without(pauses, new Stretch(start, end)));
    }
    return Optional.of(stretches);
  }

  private long clipped(int frame, WindowSound sound) {
    long sample = (long) frame * EncoderFrames.STRIDE_SAMPLES + shiftSamples;
    return Math.min(sample, sound.spoken());
  }

  /** Keeps the longer side of a word that overlaps a pause. */
  private static Stretch without(List<Pauses.Pause> pauses, Stretch word) {
    long from = word.start();
    long to = word.end();
    for (Pauses.Pause pause : pauses) {
      long before = Math.max(0, pause.start() - from);
      long after = Math.max(0, to - pause.end());
      boolean apart = pause.end() <= from || pause.start() >= to;
      if (apart || (before <= QUIET_WORD_SAMPLES && after <= QUIET_WORD_SAMPLES)) {
        continue;
      }
      if (after >= before) {
        from = Math.max(from, pause.end());
      } else {
        to = Math.min(to, pause.start());
      }
    }
    return new Stretch(from, Math.max(to, from + LEAST_SAMPLES));
  }

  /**
   * Words spread over the sound outside of its pauses in proportion to their characters: only a
   * guess.
   */
  static List<Stretch> estimated(List<WordSplitter.Part> words, WindowSound sound) {
    List<Stretch> voiced = voiced(sound);
    long all = voiced.stream().mapToLong(part -> part.end() - part.start()).sum();
    long characters = Math.max(1, words.stream().mapToLong(word -> word.text().length()).sum());
    List<Stretch> stretches = new ArrayList<>();
    long before = 0;
    for (WordSplitter.Part word : words) {
      long after = before + word.text().length();
      long start = at(voiced, all * before / characters, false);
      long end = at(voiced, all * after / characters, true);
      stretches.add(new Stretch(start, Math.max(end, start + 1)));
      before = after;
    }
    return stretches;
  }

  private static List<Stretch> voiced(WindowSound sound) {
    List<Stretch> voiced = new ArrayList<>();
    long from = 0;
    for (Pauses.Pause pause : Pauses.in(sound.samples())) {
      if (pause.start() > from) {
        voiced.add(new Stretch(from, pause.start()));
      }
      from = pause.end();
    }
    if (from < sound.spoken() || voiced.isEmpty()) {
      voiced.add(new Stretch(Math.min(from, sound.spoken() - 1L), sound.spoken()));
    }
    return voiced;
  }

  /** The place in the sound of a sample among the voiced ones; at a joint, before or behind it. */
  private static long at(List<Stretch> voiced, long sample, boolean before) {
    long rest = sample;
    for (Stretch part : voiced) {
      long length = part.end() - part.start();
      if (rest < length || (before && rest == length)) {
        return part.start() + rest;
      }
      rest -= length;
    }
    return voiced.get(voiced.size() - 1).end();
  }
}
