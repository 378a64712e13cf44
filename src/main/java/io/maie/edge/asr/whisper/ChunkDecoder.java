package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.BatchDecoder;
import io.maie.edge.asr.seq2seq.BeamSearch;
import io.maie.edge.asr.seq2seq.CompressionRatio;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.HeardSound;
import io.maie.edge.asr.seq2seq.Hypothesis;
import io.maie.edge.asr.seq2seq.IndependentSearch;
import io.maie.edge.asr.seq2seq.LogSumExp;
import io.maie.edge.asr.seq2seq.RowRange;
import io.maie.edge.asr.seq2seq.Sampling;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.Search;
import io.maie.edge.asr.seq2seq.TextLimit;
import io.maie.edge.asr.seq2seq.TokenLoop;
import io.maie.edge.asr.seq2seq.TokenPicker;
import io.maie.edge.asr.seq2seq.WordSplitter;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.transcript.DecodingScores;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decodes chunks. The same chunks, prompts and seeds give the same tokens. Used by one thread at a
 * time.
 */
final class ChunkDecoder {
  private final WhisperSettings settings;
  private final WhisperOptions options;
  private final ByteLevelTokenizer tokenizer;
  private final BatchDecoder decoder;
  private final WhisperRules rules;
  private final WordSplitter splitter;

  ChunkDecoder(
      WhisperSettings settings,
      WhisperOptions options,
      ByteLevelTokenizer tokenizer,
      DecoderGraph graph) {
    this.settings = requireNonNull(settings, "settings is null");
    this.options = requireNonNull(options, "options is null");
    this.tokenizer = requireNonNull(tokenizer, "tokenizer is null");
    decoder = new BatchDecoder(graph);
    rules = new WhisperRules(settings.tokens(), true);
    splitter = new WordSplitter(tokenizer);
  }

  /**
   * The languages that may be spoken in the first chunk. The model is multilingual.
   *
   * @param candidates those that count; empty = all that the model knows
   */
  LanguageOdds languageOdds(EncodedChunks chunks, Set<String> candidates)
      throws ProcessingException {
    int[] start = Prompt.start(settings.tokens()).ids();
    float[] scores = decoder.scoresAfter(chunks.one(0), start, 0).get(0);
    return LanguageOdds.of(scores, settings.tokens().languages(candidates));
  }

  /**
   * Decodes every chunk in the language chosen for it; those that follow each other and share a
   * prompt together.
   *
   * @param tasks one per chunk
   */
  List<DecodedChunk> decode(EncodedChunks chunks, List<ChunkTask> tasks, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    List<DecodedChunk> decoded = new ArrayList<>();
    while (decoded.size() < tasks.size()) {
      int from = decoded.size();
      Prompt prompt = tasks.get(from).first().prompt();
      int to = from + 1;
      while (to < tasks.size() && tasks.get(to).first().prompt().equals(prompt)) {
        to++;
      }
      RowRange rows = new RowRange(from, to - from);
      List<Trial> trials =
          tasks.subList(from, to).stream()
              .map(task -> new Trial(task, task.first(), Attempt.first(options)))
              .toList();
      decoded.addAll(attempt(chunks.range(rows), trials, cancellation));
    }
    return decoded;
  }

  /** Decodes one chunk once more. */
  DecodedChunk again(
      EncodedChunks chunk,
      ChunkTask task,
      LanguageTry language,
      Attempt attempt,
      Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    return attempt(chunk, List.of(new Trial(task, language, attempt)), cancellation).get(0);
  }

  /** One decoding of a chunk. */
  private record Trial(ChunkTask task, LanguageTry language, Attempt attempt) {}

  private List<DecodedChunk> attempt(
      EncodedChunks chunks, List<Trial> trials, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    Prompt prompt = trials.get(0).language().prompt();
    List<Double> noSpeech = new ArrayList<>();
    for (float[] scores : decoder.scoresAfter(chunks, prompt.ids(), prompt.start())) {
      noSpeech.add(noSpeechProbability(scores));
    }
    List<Search> searches = trials.stream().map(this::search).toList();
    decoder.finish(searches, cancellation);
    List<DecodedChunk> decoded = new ArrayList<>();
    for (int i = 0; i < searches.size(); i++) {
      decoded.add(result(searches.get(i), noSpeech.get(i), trials.get(i)));
    }
    decoder.endText();
    return decoded;
  }

  /**
   * The sound of a chunk that was decoded, with what the decoder made of it if that is still known.
   *
   * @param states of the chunk
   */
  HeardSound heard(EncodedChunks chunk, Tensor states) throws ProcessingException {
    return decoder.heard(chunk, states);
  }

  /** Forgets the sound: to be called before the encoder hears another, which takes its memory. */
  void rest() {
    decoder.rest();
  }

  private Search search(Trial trial) {
    int end = settings.tokens().endOfText();
    TextLimit limit =
        TextLimit.of(Math.min(room(trial), trial.attempt().mostSteps()), TokenLoop.PATIENT);
    int hypotheses = trial.attempt().hypotheses();
    double temperature = options.temperatures().get(trial.attempt().temperature());
    if (temperature > 0) {
      long seed = trial.task().seed() * 31 + trial.attempt().temperature();
      List<TokenPicker> choices = new ArrayList<>();
      for (int i = 0; i < hypotheses; i++) {
        choices.add(new Sampling(temperature, seed * 31 + i));
      }
      return new IndependentSearch(rules, end, limit, choices);
    }
    return hypotheses > 1
        ? new BeamSearch(rules, end, hypotheses, limit)
        : IndependentSearch.greedy(rules, end, limit);
  }

  private DecodedChunk result(Search search, double noSpeech, Trial trial) {
    List<ScoredToken> said = search.best().tokens(settings.tokens().endOfText());
    String language = trial.language().language().code();
    LoopCut cut = LoopCut.of(said, settings.tokens(), splitter, language);
    String text = tokenizer.decode(textIds(cut.tokens())).strip();
    double temperature = options.temperatures().get(trial.attempt().temperature());
    return new DecodedChunk(
        cut.tokens(),
        text,
        new DecodingScores(
            search.averageLogProbability(), noSpeech, CompressionRatio.of(text), temperature),
        cut.isLoop(),
        trial.language(),
        search.steps(),
        isGivenUp(search.best(), trial));
  }

  private int room(Trial trial) {
    return trial.task().maxTokens(settings.shape(), trial.language().prompt());
  }

  private boolean isGivenUp(Hypothesis best, Trial trial) {
    int steps = trial.attempt().mostSteps();
    return steps < room(trial)
        && best.length() >= steps
        && best.token(0) != settings.tokens().endOfText();
  }

  private int[] textIds(List<ScoredToken> tokens) {
    return tokens.stream().mapToInt(ScoredToken::id).filter(settings.tokens()::isText).toArray();
  }

  /**
   * Probability of silence, from the scores right after the start token; 0 if the model has no such
   * token.
   */
  private double noSpeechProbability(float[] scores) {
    OptionalInt token = settings.tokens().noSpeech();
    return token.isEmpty()
        ? 0
        : Math.exp(scores[token.getAsInt()] - LogSumExp.of(scores, 0, scores.length));
  }
}
