package io.maie.edge.asr;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import java.io.IOException;
import java.util.List;

/**
 * Sound that a recogniser decodes in one call: pieces of a recording laid end to end, with the
 * pauses between them cut out or shortened. Knows where each of its samples came from.
 *
 * @param pieces at least one, none empty, ascending, not overlapping
 */
public record SpeechWindow(List<SampleSpan> pieces) {

  public SpeechWindow {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("expected at least one piece");
    }
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).isEmpty() || (i > 0 && pieces.get(i).start() < pieces.get(i - 1).end())) {
        throw new IllegalArgumentException("expected ascending pieces, found " + pieces);
      }
    }
  }

  /** Number of samples heard. */
  public long length() {
    return pieces.stream().mapToLong(SampleSpan::length).sum();
  }

  /** From the first to the last sample in the recording, pauses included. */
  public SampleSpan span() {
    return new SampleSpan(pieces.get(0).start(), pieces.get(pieces.size() - 1).end());
  }

  /** The samples to hear, {@link #length()} of them. */
  public Waveform read(SampleSource audio) throws IOException {
    return read(audio, new SampleSpan(0, length()));
  }

  /**
   * Some of the samples to hear.
   *
   * @param heard within [0, {@link #length()}]
   */
  public Waveform read(SampleSource audio, SampleSpan heard) throws IOException {
    float[] samples = new float[Math.toIntExact(heard.length())];
    int filled = 0;
    long before = 0;
    for (SampleSpan piece : pieces) {
      long from = Math.max(heard.start() - before, 0);
      long to = Math.min(heard.end() - before, piece.length());
      if (from < to) {
        SampleSpan span = new SampleSpan(piece.start() + from, piece.start() + to);
        float[] part = audio.read(span).samples();
        System.arraycopy(part, 0, samples, filled, part.length);
        filled += part.length;
      }
      before += piece.length();
    }
    return Waveform.of(samples);
  }

  /**
   * Maps a stretch of this window to the recording. A stretch across a joint includes what was cut
   * out there.
   *
   * @param heard within [0, {@link #length()}], not empty
   */
  public SampleSpan toRecording(SampleSpan heard) {
    if (heard.isEmpty() || heard.end() > length()) {
      throw new IllegalArgumentException(
          "expected a stretch within 0 to %d, found %s".formatted(length(), heard));
    }
    return new SampleSpan(toRecording(heard.start()), toRecording(heard.end() - 1) + 1);
  }

  /**
   * Maps a word of this window to the recording. A word across a joint is placed in the piece that
   * has most of it.
   *
   * @param heard within [0, {@link #length()}], not empty
   */
  public SampleSpan withinPiece(SampleSpan heard) {
    SampleSpan most = toRecording(new SampleSpan(heard.start(), heard.start() + 1));
    long before = 0;
    for (SampleSpan piece : pieces) {
      long from = Math.max(heard.start(), before);
      long to = Math.min(heard.end(), before + piece.length());
      if (to - from > most.length() || (to > from && from == heard.start())) {
        most = toRecording(new SampleSpan(from, to));
      }
      before += piece.length();
    }
    return most;
  }

  /** Returns whether a pause was cut out between two words of this window, in the recording. */
  public boolean isCutBetween(SampleSpan before, SampleSpan after) {
    for (int i = 1; i < pieces.size(); i++) {
      if (before.end() <= pieces.get(i - 1).end() && after.start() >= pieces.get(i).start()) {
        return true;
      }
    }
    return false;
  }

  private long toRecording(long sample) {
    long rest = sample;
    for (SampleSpan piece : pieces) {
      if (rest < piece.length()) {
        return piece.start() + rest;
      }
      rest -= piece.length();
    }
    throw new AssertionError("checked by the caller");
  }
}
