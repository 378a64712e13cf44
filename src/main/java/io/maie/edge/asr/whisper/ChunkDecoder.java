package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.BatchDecoder;
import io.maie.edge.asr.seq2seq.BeamSearch;
import io.maie.edge.asr.seq2seq.Choice;
import io.maie.edge.asr.seq2seq.CompressionRatio;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.IndependentSearch;
import io.maie.edge.asr.seq2seq.LogSum;
import io.maie.edge.asr.seq2seq.Sampling;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.Search;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Decodes a batch of chunks; those whose text looks wrong again, at rising temperatures, as
 * openai/whisper does. The same chunks, prompt and seeds give the same tokens. Used by one thread
 * at a time.
 */
final class ChunkDecoder {
  private final WhisperSettings settings;
  private final WhisperOptions options;
  private final ByteLevelTokenizer tokenizer;
  private final BatchDecoder decoder;
  private final WhisperRules rules;

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
  }

  /** The language that is spoken in the first chunk. The model is multilingual. */
  Language detectLanguage(EncodedChunks chunks) throws ProcessingException {
    WhisperTokens tokens = settings.tokens();
    float[] scores = decoder.scoresAfter(chunks.first(), Prompt.start(tokens).ids(), 0).get(0);
    float[] ofLanguages = new float[tokens.languages().size()];
    String best = tokens.languages().firstKey();
    int next = 0;
    for (Map.Entry<String, Integer> language : tokens.languages().entrySet()) {
      ofLanguages[next++] = scores[language.getValue()];
      if (scores[language.getValue()] > scores[requireNonNull(tokens.languages().get(best))]) {
        best = language.getKey();
      }
    }
    double total = LogSum.of(ofLanguages, 0, ofLanguages.length);
    double score = scores[requireNonNull(tokens.languages().get(best))];
    return new Language(best, Math.min(1, Math.exp(score - total)));
  }

  /**
   * Decodes every chunk.
   *
   * @param chunks used up by this call
   * @param seeds one per chunk, for sampling
   * @param listener is told of each chunk when it is decoded for good, while its hidden state is
   *     there
   */
  List<DecodedChunk> decode(
      EncodedChunks chunks,
      Prompt prompt,
      long[] seeds,
      Listener listener,
      Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    DecodedChunk[] done = new DecodedChunk[chunks.chunks()];
    int[] pending = IntStream.range(0, done.length).toArray();
    EncodedChunks left = chunks;
    for (int attempt = 0; pending.length > 0; attempt++) {
      boolean last = attempt == options.temperatures().size() - 1;
      List<DecodedChunk> decoded =
          attempt(left, prompt, seeds(seeds, pending, attempt), attempt, cancellation);
      List<Integer> again = new ArrayList<>();
      for (int i = 0; i < pending.length; i++) {
        if (!last && Verdict.of(decoded.get(i).scores(), options) == Verdict.AGAIN) {
          again.add(i);
        } else {
          done[pending[i]] = decoded.get(i);
          listener.decoded(pending[i], left, i, decoded.get(i));
        }
      }
      int[] rows = again.stream().mapToInt(i -> i).toArray();
      left = left.keep(rows);
      int[] before = pending;
      pending = again.stream().mapToInt(i -> before[i]).toArray();
    }
    return List.of(done);
  }

  private List<DecodedChunk> attempt(
      EncodedChunks chunks, Prompt prompt, long[] seeds, int attempt, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    double temperature = options.temperatures().get(attempt);
    List<Double> noSpeech = new ArrayList<>();
    for (float[] scores : decoder.scoresAfter(chunks, prompt.ids(), prompt.start())) {
      noSpeech.add(noSpeechProbability(scores));
    }
    List<Search> searches = new ArrayList<>();
    for (long seed : seeds) {
      searches.add(
          search(temperature, settings.shape().maxLength() - prompt.tokens().size(), seed));
    }
    decoder.finish(searches, cancellation);
    List<DecodedChunk> decoded = new ArrayList<>();
    for (int i = 0; i < searches.size(); i++) {
      decoded.add(result(searches.get(i), noSpeech.get(i), temperature));
    }
    return decoded;
  }

  private Search search(double temperature, int maxTokens, long seed) {
    int end = settings.tokens().endOfText();
    if (temperature > 0) {
      List<Choice> choices = new ArrayList<>();
      for (int i = 0; i < options.bestOf(); i++) {
        choices.add(new Sampling(temperature, seed * 31 + i));
      }
      return new IndependentSearch(rules, end, maxTokens, choices);
    }
    return options.beamSize() > 1
        ? new BeamSearch(rules, end, options.beamSize(), maxTokens)
        : IndependentSearch.greedy(rules, end, maxTokens);
  }

  private DecodedChunk result(Search search, double noSpeech, double temperature) {
    List<ScoredToken> tokens = search.best().tokens(settings.tokens().endOfText());
    String text = tokenizer.decode(textIds(tokens)).strip();
    return new DecodedChunk(
        tokens,
        new DecodingScores(
            search.averageLogProbability(), noSpeech, CompressionRatio.of(text), temperature));
  }

  private int[] textIds(List<ScoredToken> tokens) {
    return tokens.stream().mapToInt(ScoredToken::id).filter(settings.tokens()::isText).toArray();
  }

  /** Of silence, told by what the model would say right after the start; 0 if it cannot tell. */
  private double noSpeechProbability(float[] scores) {
    OptionalInt token = settings.tokens().noSpeech();
    return token.isEmpty()
        ? 0
        : Math.exp(scores[token.getAsInt()] - LogSum.of(scores, 0, scores.length));
  }

  private static long[] seeds(long[] seeds, int[] pending, int attempt) {
    long[] chosen = new long[pending.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = seeds[pending[i]] * 31 + attempt;
    }
    return chosen;
  }

  /** Looks at a chunk whose text stands. */
  @FunctionalInterface
  interface Listener {
    /**
     * Called once per chunk.
     *
     * @param chunk index in the batch
     * @param encoded holds the chunk's hidden state in {@code row}
     */
    void decoded(int chunk, EncodedChunks encoded, int row, DecodedChunk result)
        throws ProcessingException;
  }
}
