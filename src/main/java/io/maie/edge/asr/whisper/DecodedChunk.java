package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.transcript.DecodingScores;
import java.util.List;

/**
 * What was said in a chunk.
 *
 * @param tokens text and timestamps in order
 */
record DecodedChunk(List<ScoredToken> tokens, DecodingScores scores) {

  DecodedChunk {
    tokens = List.copyOf(tokens);
  }
}
