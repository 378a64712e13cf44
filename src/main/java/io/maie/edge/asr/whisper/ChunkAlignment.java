package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.Alignment;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.HeardSound;
import io.maie.edge.asr.seq2seq.RowRange;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells when the text of a decoded chunk was said. Like openai/whisper's {@code timing.py}, it lets
 * the decoder read the text without timestamps and without the earlier text. One thread at a time.
 */
final class ChunkAlignment {
  private final Alignment alignment;
  private final WhisperSettings settings;

  ChunkAlignment(DecoderGraph graph, WhisperSettings settings) {
    alignment = new Alignment(graph, settings.alignmentHeads(), Alignment.Weighing.STANDARDIZED);
    this.settings = settings;
  }

  /**
   * The position of the encoder's output at which each token began.
   *
   * @param text tokens of text
   * @param sound of the chunk
   * @param melFrames frames of the spectrogram that are not filling
   * @return shape (text + 1), the last entry where the text ended; empty if the graph does not tell
   */
  Optional<int[]> steps(Prompt prompt, List<ScoredToken> text, HeardSound sound, int melFrames)
      throws ProcessingException {
    WhisperShape shape = settings.shape();
    int frames = Math.max(1, melFrames * shape.encoderFrames() / shape.melFrames());
    RowRange rows = new RowRange(prompt.sequence().size(), text.size() + 1);
    return alignment.entries(read(prompt, text), rows, sound, frames);
  }

  private long[] read(Prompt prompt, List<ScoredToken> text) {
    List<Integer> ids = new ArrayList<>(prompt.sequence());
    ids.add(settings.tokens().noTimestamps());
    text.forEach(token -> ids.add(token.id()));
    ids.add(settings.tokens().endOfText());
    // a text may be so long that there is no room for its end, whose row is not asked for
    return ids.stream().mapToLong(id -> id).limit(settings.shape().maxTokens()).toArray();
  }
}
