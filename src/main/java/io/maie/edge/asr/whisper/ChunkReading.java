package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.audio.Waveform;
import java.util.ArrayList;
import java.util.List;

/**
 * Times of the text in a decoded chunk, and the position of the next chunk. If the model returns
 * its attention, words give both, since its timestamps drift, jump and repeat; as in openai/whisper
 * with word timestamps. Otherwise the timestamps do.
 *
 * @param pieces in order of time, with text
 * @param advance frames of the spectrogram to go on by, 1 or more
 */
record ChunkReading(List<Piece> pieces, int advance) {
  /**
   * An end of a chunk without words is decoded again if it is longer: 3 s. Shorter rests are mostly
   * noise, into which models write what they said last.
   */
  private static final int LEAST_REST_FRAMES = 3 * Waveform.SAMPLE_RATE / WhisperShape.HOP;

  /** A timestamp agrees with the words if it is at most this much before their end: 0.2 s. */
  private static final int EARLY_FRAMES = Waveform.SAMPLE_RATE / 5 / WhisperShape.HOP;

  /** A timestamp agrees with the end of speech that is this near: 0.5 s. */
  private static final int NEAR_FRAMES = Waveform.SAMPLE_RATE / 2 / WhisperShape.HOP;

  ChunkReading {
    pieces = List.copyOf(pieces);
    if (advance < 1) {
      throw new IllegalArgumentException("expected to go on, found " + advance);
    }
  }

  /**
   * A piece of text.
   *
   * @param start samples from the beginning of the chunk
   * @param end at least {@code start}
   * @param tokens text and timestamps
   * @param words may be empty
   */
  record Piece(long start, long end, List<ScoredToken> tokens, List<WordTimes.TimedWord> words) {

    Piece {
      tokens = List.copyOf(tokens);
      words = List.copyOf(words);
    }
  }

  /**
   * Reads by words.
   *
   * @param cut the chunk at its timestamps
   * @param words of the pieces, and of the rest if the chunk is complete
   * @param sound the chunk
   */
  static ChunkReading byWords(
      TimestampSplit cut, List<List<WordTimes.TimedWord>> words, ChunkSound sound) {
    boolean complete = sound.end().isComplete();
    List<TimestampSplit.Piece> all = complete ? cut.all(sound.frames()) : cut.pieces();
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      List<WordTimes.TimedWord> own = words.get(i);
      boolean takesTime = all.get(i).end() > all.get(i).start();
      // what takes no time was not said
      if (!own.isEmpty() && (takesTime || own.stream().anyMatch(word -> word.length() > 0))) {
        long start = own.get(0).start();
        long end = Math.max(start, own.get(own.size() - 1).end());
        pieces.add(new Piece(start, end, all.get(i).tokens(), own));
      }
    }
    long last = pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).end();
    int heard = (int) Math.min(sound.frames(), last / WhisperShape.HOP);
    boolean agrees = cut.end() >= heard - EARLY_FRAMES && cut.end() <= heard + NEAR_FRAMES;
    int next = agrees && !complete ? Math.min(sound.frames(), cut.end()) : heard;
    boolean goesOn = (complete || cut.rest().isEmpty()) ? sound.holdsMoreThan(heard) : heard > 0;
    return new ChunkReading(pieces, goesOn && next > 0 ? next : sound.frames());
  }

  /** Reads by timestamps; pieces have no words. */
  static ChunkReading byTimestamps(TimestampSplit cut, ChunkSound sound) {
    boolean packed = sound.end() == ChunkEnd.PACKED;
    List<TimestampSplit.Piece> all = packed ? cut.all(sound.frames()) : cut.pieces();
    List<Piece> pieces = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < all.size(); i++) {
      TimestampSplit.Piece piece = all.get(i);
      boolean isLast = i + 1 == all.size();
      boolean agrees = !packed || !isLast || sound.endsNear(piece.end(), NEAR_FRAMES);
      long start = Math.max(before, (long) piece.start() * WhisperShape.HOP);
      long end = (long) (agrees ? piece.end() : sound.frames()) * WhisperShape.HOP;
      // what takes no time was not said
      if (end > start) {
        pieces.add(new Piece(start, end, piece.tokens(), List.of()));
        before = end;
      }
    }
    boolean isHeard = packed || cut.rest().isEmpty() || cut.end() <= 0;
    int frames = sound.frames();
    return new ChunkReading(pieces, isHeard ? frames : Math.min(frames, cut.end()));
  }

  /**
   * The sound of a chunk.
   *
   * @param samples at least one frame of the spectrogram
   * @param joints frames at which pauses were cut out, ascending
   */
  @SuppressWarnings("ArrayRecordComponent")
  record ChunkSound(float[] samples, ChunkEnd end, List<Integer> joints) {
    /** Stretches whose level is compared: 0.5 s. */
    private static final int STRETCH = Waveform.SAMPLE_RATE / 2;

    /** Sound this much below what was understood may be speech: -10 dB, in power. */
    private static final double LEAST_POWER = 0.1;

    int frames() {
      return samples.length / WhisperShape.HOP;
    }

    /**
     * Returns whether there is sound behind {@code heard} frames that may be speech. In packed
     * windows that is found out by others.
     */
    boolean holdsMoreThan(int heard) {
      if (end == ChunkEnd.PACKED || frames() - heard < LEAST_REST_FRAMES) {
        return false;
      }
      int from = heard * WhisperShape.HOP;
      return loudest(from, samples.length) >= LEAST_POWER * loudest(0, from);
    }

    private double loudest(int from, int to) {
      double loudest = 0;
      for (int start = from; start + STRETCH <= to; start += STRETCH) {
        double power = 0;
        for (int i = start; i < start + STRETCH; i++) {
          power += (double) samples[i] * samples[i];
        }
        loudest = Math.max(loudest, power);
      }
      return loudest;
    }

    /** Returns whether speech ends near a place. */
    boolean endsNear(int frame, int distance) {
      return frames() - frame <= distance
          || joints.stream().anyMatch(joint -> Math.abs(joint - frame) <= distance);
    }
  }
}
