package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.Step;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the chunks of a round, as they are decoded, into segments of the recording. */
final class Round implements ChunkDecoder.Listener {
  private final WhisperEngine engine;
  private final Prompt prompt;
  private final String language;
  private final List<Integer> chosen;
  private final List<Track> tracks;
  private final List<float[]> chunks;
  private final @Nullable Step[] steps;

  /**
   * A round.
   *
   * @param prompt what every chunk was decoded behind
   * @param language ISO 639-1
   * @param chosen indexes of the tracks whose next chunks are decoded
   * @param chunks their samples
   */
  Round(
      WhisperEngine engine,
      Prompt prompt,
      String language,
      List<Integer> chosen,
      List<Track> tracks,
      List<float[]> chunks) {
    this.engine = engine;
    this.prompt = prompt;
    this.language = language;
    this.chosen = chosen;
    this.tracks = tracks;
    this.chunks = chunks;
    steps = new Step[chosen.size()];
  }

  /** One per chunk; depend on nothing but the place in the recording. */
  long[] seeds() {
    return chosen.stream()
        .mapToLong(track -> 1_000_003L * track + tracks.get(track).heard())
        .toArray();
  }

  /** What the round brought, in the order of the tracks. */
  List<Step> steps() {
    List<Step> all = new ArrayList<>();
    for (Step step : steps) {
      all.add(requireNonNull(step, "every chunk is decoded"));
    }
    return all;
  }

  @Override
  public void decoded(int chunk, EncodedChunks encoded, int row, DecodedChunk result)
      throws ProcessingException {
    int frames = chunks.get(chunk).length / WhisperShape.HOP;
    boolean nothing =
        result.tokens().isEmpty() || Verdict.isSilence(result.scores(), engine.options());
    steps[chunk] =
        nothing
            ? step(chunk, frames, List.of(), List.of(), result)
            : said(chunk, frames, encoded, row, result);
  }

  private Step said(int chunk, int frames, EncodedChunks encoded, int row, DecodedChunk result)
      throws ProcessingException {
    WhisperShape shape = engine.settings().shape();
    int framesPerStep = shape.melFrames() / shape.encoderFrames();
    Cut cut = Cut.of(result.tokens(), engine.settings().tokens(), frames, framesPerStep);
    Optional<int[]> times = times(encoded, row, cut, frames);
    List<Segment> segments = new ArrayList<>();
    List<Integer> context = new ArrayList<>();
    int from = 0;
    for (Cut.Piece piece : cut.pieces()) {
      List<ScoredToken> text = engine.settings().tokens().text(piece.tokens());
      // what takes no time or has no text was not said
      if (piece.end() > piece.start() && !engine.text(text).isBlank()) {
        segments.add(segment(tracks.get(chosen.get(chunk)), piece, text, from, times, result));
        piece.tokens().forEach(token -> context.add(token.id()));
      }
      from += text.size();
    }
    return step(chunk, cut.advance(), segments, context, result);
  }

  private Step step(
      int chunk, int frames, List<Segment> segments, List<Integer> context, DecodedChunk result) {
    long samples = (long) frames * WhisperShape.HOP;
    return new Step(
        chosen.get(chunk),
        samples,
        segments,
        context,
        result.scores().temperature(),
        Verdict.isSilence(result.scores(), engine.options()));
  }

  /**
   * Of the text of all pieces, as in openai/whisper without what will be heard again; empty if they
   * can only be estimated, or are not wanted.
   */
  private Optional<int[]> times(EncodedChunks encoded, int row, Cut cut, int frames)
      throws ProcessingException {
    if (!engine.options().wordTimes()) {
      return Optional.empty();
    }
    List<ScoredToken> all = cut.pieces().stream().flatMap(p -> p.tokens().stream()).toList();
    try (Tensor hidden = encoded.one(row)) {
      return engine.alignment().steps(prompt, engine.settings().tokens().text(all), hidden, frames);
    }
  }

  private Segment segment(
      Track track,
      Cut.Piece piece,
      List<ScoredToken> text,
      int from,
      Optional<int[]> times,
      DecodedChunk result) {
    long start = (long) piece.start() * WhisperShape.HOP;
    long end = (long) piece.end() * WhisperShape.HOP;
    List<WordTimes.TimedWord> timed =
        times
            .map(steps -> engine.wordTimes().attended(text, steps, from, start, language))
            .orElseGet(() -> engine.wordTimes().estimated(text, start, end, language));
    List<Word> words = new ArrayList<>();
    for (WordTimes.TimedWord word : timed) {
      SampleSpan span = track.toRecording(word.start(), word.end());
      words.add(new Word(span, word.text(), word.probability(), times.isEmpty()));
    }
    return new Segment(
        track.toRecording(start, end), engine.text(text), confidence(text), words, result.scores());
  }

  /** The geometric mean of the tokens' probabilities. */
  private static double confidence(List<ScoredToken> text) {
    double sum = text.stream().mapToDouble(ScoredToken::logProbability).sum();
    return Math.min(1, Math.exp(sum / text.size()));
  }
}
