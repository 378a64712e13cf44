package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.ChunkOutcome;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.HeardSound;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SegmentText;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Turns one decoded chunk into segments of the recording. */
final class SegmentAssembler {
  private final WhisperEngine engine;
  private final WindowProgress track;
  private final ChunkTask task;
  private final DecodedChunk decoded;
  private final String language;

  /**
   * A round.
   *
   * @param track the window that the chunk belongs to
   */
  SegmentAssembler(
      WhisperEngine engine, WindowProgress track, ChunkTask task, DecodedChunk decoded) {
    this.engine = engine;
    this.track = track;
    this.task = task;
    this.decoded = decoded;
    language = decoded.heardIn().language().code();
  }

  /**
   * Returns the result of the chunk.
   *
   * @param encoded the chunk alone
   * @param isAffordable whether what follows that many samples may be heard again; if not, the
   *     chunk is taken as complete
   */
  ChunkOutcome step(EncodedChunks encoded, LongPredicate isAffordable) throws ProcessingException {
    boolean silent = DecodingQuality.isSilence(decoded.scores(), engine.options());
    List<Segment> segments = new ArrayList<>();
    List<Integer> context = new ArrayList<>();
    int advance = task.frames();
    if (!silent && !decoded.tokens().isEmpty()) {
      ChunkReading reading = reading(encoded, task.end());
      if (!isAffordable.test((long) reading.advance() * WhisperShape.HOP)) {
        reading = reading(encoded, ChunkEnd.PACKED);
      }
      for (ChunkReading.Piece piece : reading.pieces()) {
        List<ScoredToken> text = engine.settings().tokens().text(piece.tokens());
        if (!engine.text(text).isBlank()) {
          segments.addAll(withoutCutPauses(segment(piece, text)));
          piece.tokens().forEach(token -> context.add(token.id()));
        }
      }
      advance = reading.advance();
    }
    return new ChunkOutcome(
        task.track(),
        (long) advance * WhisperShape.HOP,
        segments,
        context,
        decoded.scores().temperature(),
        silent,
        decoded.heardIn().language(),
        0,
        false);
  }

  private ChunkReading reading(EncodedChunks encoded, ChunkEnd end) throws ProcessingException {
    WhisperShape shape = engine.settings().shape();
    int framesPerStep = shape.melFrames() / shape.encoderFrames();
    TimestampSplit cut =
        TimestampSplit.of(
            decoded.tokens(), engine.settings().tokens(), task.frames(), framesPerStep);
    ChunkReading.ChunkSound sound =
        new ChunkReading.ChunkSound(task.samples(), end, track.joints());
    List<TimestampSplit.Piece> pieces = end.isComplete() ? cut.all(task.frames()) : cut.pieces();
    Optional<int[]> steps = steps(pieces, encoded);
    return steps.isPresent()
        ? ChunkReading.byWords(cut, words(pieces, steps.get()), sound)
        : ChunkReading.byTimestamps(cut, sound);
  }

  /**
   * Start times of the tokens in all pieces, without the tail that the next chunk decodes again, as
   * in openai/whisper; empty if words can only be estimated, or are not wanted.
   */
  private Optional<int[]> steps(List<TimestampSplit.Piece> pieces, EncodedChunks encoded)
      throws ProcessingException {
    if (!engine.options().wordTimes()) {
      return Optional.empty();
    }
    List<ScoredToken> all = pieces.stream().flatMap(each -> each.tokens().stream()).toList();
    List<ScoredToken> text = engine.settings().tokens().text(all);
    try (Tensor hidden = encoded.all()) {
      HeardSound sound = engine.decoder().heard(encoded, hidden);
      return engine.alignment().steps(decoded.heardIn().prompt(), text, sound, task.frames());
    }
  }

  private List<List<WordTimes.TimedWord>> words(List<TimestampSplit.Piece> pieces, int[] steps) {
    List<WordTimes.TimedWord> all = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    int from = 0;
    for (TimestampSplit.Piece piece : pieces) {
      List<ScoredToken> text = engine.settings().tokens().text(piece.tokens());
      List<WordTimes.TimedWord> own = engine.wordTimes().attended(text, steps, from, language);
      all.addAll(own);
      counts.add(own.size());
      from += text.size();
    }
    List<WordTimes.TimedWord> natural = WordTimes.withoutSilence(all);
    List<List<WordTimes.TimedWord>> words = new ArrayList<>();
    int next = 0;
    for (int count : counts) {
      words.add(natural.subList(next, next + count));
      next += count;
    }
    return words;
  }

  private Segment segment(ChunkReading.Piece piece, List<ScoredToken> text) {
    boolean estimated = piece.words().isEmpty();
    List<WordTimes.TimedWord> timed =
        estimated
            ? engine.wordTimes().estimated(text, piece.start(), piece.end(), language)
            : piece.words();
    SampleSpan stamped = track.toRecording(piece.start(), piece.end());
    List<Word> words = new ArrayList<>();
    for (WordTimes.TimedWord word : timed) {
      SampleSpan span = track.wordToRecording(word.start(), word.end());
      words.add(new Word(span, word.text(), word.probability(), estimated));
    }
    SampleSpan span =
        estimated
            ? stamped
            : new SampleSpan(words.get(0).span().start(), words.get(words.size() - 1).span().end());
    return new Segment(span, engine.text(text), confidence(text), words, decoded.scores())
        .withLanguage(language);
  }

  /** Divides a segment at the pauses that were cut out of its window. */
  private List<Segment> withoutCutPauses(Segment segment) {
    List<Word> words = segment.words();
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 1; i < words.size(); i++) {
      if (track.isCutBetween(words.get(i - 1), words.get(i))) {
        starts.add(i);
      }
    }
    return SegmentText.divided(segment, starts);
  }

  /** The geometric mean of the tokens' probabilities. */
  private static double confidence(List<ScoredToken> text) {
    double sum = text.stream().mapToDouble(ScoredToken::logProbability).sum();
    return Math.min(1, Math.exp(sum / text.size()));
  }
}
