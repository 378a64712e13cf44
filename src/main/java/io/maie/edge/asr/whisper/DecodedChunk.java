package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.transcript.DecodingScores;
import java.util.List;

/**
 * Text and scores of a decoded chunk.
 *
 * @param tokens text and timestamps in order
 * @param text without surrounding blanks; may be empty
 * @param isLoop whether it went round in a circle while it was decoded
 * @param heardIn the language and prompt it was decoded in
 */
record DecodedChunk(
    List<ScoredToken> tokens,
    String text,
    DecodingScores scores,
    boolean isLoop,
    LanguageTry heardIn) {

  DecodedChunk {
    tokens = List.copyOf(tokens);
    requireNonNull(text, "text is null");
    requireNonNull(scores, "scores is null");
    requireNonNull(heardIn, "heardIn is null");
  }
}
