package io.maie.edge.asr.whisper;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.asr.seq2seq.BatchDecoder;
import io.maie.edge.asr.seq2seq.BeamSearch;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.Hypothesis;
import io.maie.edge.asr.seq2seq.IndependentSearch;
import io.maie.edge.asr.seq2seq.LogSumExp;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.Search;
import io.maie.edge.asr.seq2seq.TextLimit;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes as {@link ChunkDecoder} does, but with the prompt of a golden case. */
final class GoldenDecoding {
  private final GoldenWhisper model;
  private final OnnxRuntime runtime;

  GoldenDecoding(GoldenWhisper model, OnnxRuntime runtime) {
    this.model = model;
    this.runtime = runtime;
  }

  /**
   * Result for one chunk.
   *
   * @param noSpeech probability that nothing was said
   * @param tokens with the end of the text if it was reached
   * @param probabilities their natural logarithms, without that of the end
   */
  record Decoded(Search search, double noSpeech, List<Integer> tokens, List<Double> probabilities) {

    static Decoded of(Search search, double noSpeech, int end) {
      Hypothesis best = search.best();
      List<Integer> tokens = new ArrayList<>();
      List<Double> probabilities = new ArrayList<>();
      for (ScoredToken token : best.tokens(end)) {
        tokens.add(token.id());
        probabilities.add((double) token.logProbability());
      }
      if (best.token(0) == end) {
        tokens.add(end);
      }
      return new Decoded(search, noSpeech, tokens, probabilities);
    }
  }

  /** One of the model's cases. */
  Decoded decode(JsonNode expected) throws Exception {
    Prompt prompt =
        new Prompt(GoldenWhisper.ints(expected.get("prompt")), expected.get("start").asInt());
    return decode(
            List.of(model.heard(expected.get("sound").asInt())),
            prompt,
            expected.get("timestamps").asBoolean(),
            expected.get("beams").asInt())
        .get(0);
  }

  /** Several chunks at once. */
  List<Decoded> decode(List<float[]> sounds, Prompt prompt, boolean timestamps, int beams)
      throws Exception {
    WhisperSettings settings = model.settings;
    EncodedChunks encoded =
        new Encoder(settings, "golden", runtime, new ParallelRange(2))
            .encode(sounds, Cancellation.disabled());
    BatchDecoder decoder =
        new BatchDecoder(
            new DecoderGraph(settings.decoderFiles(), settings.decoderShape(), "golden", runtime));
    WhisperRules rules = new WhisperRules(settings.tokens(), timestamps);
    int end = settings.tokens().endOfText();
    int room = settings.shape().maxLength() - prompt.tokens().size();
    int silence = settings.tokens().noSpeech().orElseThrow();
    List<Search> searches = new ArrayList<>();
    List<Double> noSpeech = new ArrayList<>();
    for (float[] scores : decoder.scoresAfter(encoded, prompt.ids(), prompt.start())) {
      searches.add(
          beams > 1
              ? new BeamSearch(rules, end, beams, new TextLimit(room, Optional.empty()))
              : IndependentSearch.greedy(rules, end, new TextLimit(room, Optional.empty())));
      noSpeech.add(Math.exp(scores[silence] - LogSumExp.of(scores, 0, scores.length)));
    }
    decoder.finish(searches, Cancellation.disabled());
    List<Decoded> all = new ArrayList<>();
    for (int i = 0; i < searches.size(); i++) {
      all.add(Decoded.of(searches.get(i), noSpeech.get(i), end));
    }
    return all;
  }
}
