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
 * @param steps of the decoder that it took
 * @param isGivenUp whether they were used up before the text ended
 */
record DecodedChunk(
    List<ScoredToken> tokens,
    String text,
    DecodingScores scores,
    boolean isLoop,
    LanguageTry heardIn,
    int steps,
    boolean isGivenUp) {

  DecodedChunk {
    tokens = List.copyOf(tokens);
    requireNonNull(text, "text is null");
    requireNonNull(scores, "scores is null");
    requireNonNull(heardIn, "heardIn is null");
  }
}
