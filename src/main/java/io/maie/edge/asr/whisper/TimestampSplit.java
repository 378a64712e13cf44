package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.ScoredToken;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoded chunk cut at its timestamps, as openai/whisper's {@code transcribe.py}: pairs of
 * timestamps divide.
 *
 * @param pieces in order
 * @param rest the tokens that were begun behind the last piece but not ended; may be empty
 */
record TimestampSplit(List<Piece> pieces, List<ScoredToken> rest) {

  TimestampSplit {
    pieces = List.copyOf(pieces);
    rest = List.copyOf(rest);
  }

  /**
   * Text between two times.
   *
   * @param start frames of the spectrogram from the beginning of the chunk
   * @param end at least {@code start} unless the model contradicts itself
   * @param tokens text and timestamps
   */
  record Piece(int start, int end, List<ScoredToken> tokens) {

    Piece {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * Cuts a chunk.
   *
   * @param frames of the spectrogram in the chunk, without what it was filled up with
   * @param framesPerStep frames between two timestamps that follow each other
   */
  static TimestampSplit of(
      List<ScoredToken> tokens, WhisperTokens ids, int frames, int framesPerStep) {
    List<Integer> ends = pairs(tokens, ids);
    if (ends.isEmpty()) {
      int end = lastTime(tokens, ids, frames, framesPerStep);
      return new TimestampSplit(List.of(new Piece(0, end, tokens)), List.of());
    }
    if (endsWithSingle(tokens, ids)) {
      ends.add(tokens.size());
    }
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int to : ends) {
      List<ScoredToken> part = tokens.subList(from, to);
      int start = (part.get(0).id() - ids.firstTimestamp()) * framesPerStep;
      int end = (part.get(part.size() - 1).id() - ids.firstTimestamp()) * framesPerStep;
      pieces.add(new Piece(start, end, part));
      from = to;
    }
    return new TimestampSplit(pieces, tokens.subList(from, tokens.size()));
  }

  /** The end of the last piece, in frames. */
  int end() {
    return pieces.get(pieces.size() - 1).end();
  }

  /** All of it as pieces, the rest until the end of the chunk. */
  List<Piece> all(int frames) {
    List<Piece> all = new ArrayList<>(pieces);
    if (!rest.isEmpty()) {
      all.add(new Piece(Math.min(end(), frames), frames, rest));
    }
    return all;
  }

  /** Positions of timestamps that follow a timestamp. */
  private static List<Integer> pairs(List<ScoredToken> tokens, WhisperTokens ids) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 1; i < tokens.size(); i++) {
      if (ids.isTimestamp(tokens.get(i - 1).id()) && ids.isTimestamp(tokens.get(i).id())) {
        positions.add(i);
      }
    }
    return positions;
  }

  /**
   * Returns whether nothing is said behind the last timestamp, and it belongs to what was said
   * before.
   */
  private static boolean endsWithSingle(List<ScoredToken> tokens, WhisperTokens ids) {
    int size = tokens.size();
    return size >= 2
        && ids.isTimestamp(tokens.get(size - 1).id())
        && !ids.isTimestamp(tokens.get(size - 2).id());
  }

  private static int lastTime(
      List<ScoredToken> tokens, WhisperTokens ids, int frames, int framesPerStep) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      int id = tokens.get(i).id();
      if (ids.isTimestamp(id)) {
        return id == ids.firstTimestamp() ? frames : (id - ids.firstTimestamp()) * framesPerStep;
      }
    }
    return frames;
  }
}
