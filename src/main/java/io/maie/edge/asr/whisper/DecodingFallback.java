package io.maie.edge.asr.whisper;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a chunk again whose text looks wrong: in the other languages that may be spoken, with
 * more hypotheses side by side, then at rising temperatures, as openai/whisper does. Ends when a
 * text looks right, or when twice the steps are spent that an ordinary chunk takes; then the best
 * of all texts stands.
 */
final class DecodingFallback {
  /** A text of a lower mean log-probability may be in a wrong language, or not the best one. */
  private static final double DOUBTFUL_MEAN = -0.5;

  /** So may one whose language is less likely. */
  private static final double DOUBTFUL_LANGUAGE = 0.5;

  /** Hypotheses that are followed for a doubtful text. */
  private static final int WIDE = 5;

  /** The weight of the logarithm of a language's probability, beside that of a text's. */
  private static final double WEIGHT_OF_LANGUAGE = 0.2;

  /** Penalty of a text that repeats itself. */
  private static final double PRICE_OF_REPETITION = 1;

  /** Penalty of an empty text: the detector found speech. */
  private static final double PRICE_OF_SILENCE = 10;

  private final Retry retry;
  private final WhisperOptions options;
  private final ChunkTask task;
  private int spare;

  /** Decodes the chunk once more. */
  @FunctionalInterface
  interface Retry {
    /**
     * Another text.
     *
     * @param language to hear the chunk in
     */
    DecodedChunk decode(LanguageTry language, Attempt attempt)
        throws ProcessingException, TaskStoppedException;
  }

  DecodingFallback(Retry retry, WhisperOptions options, ChunkTask task) {
    this.retry = retry;
    this.options = options;
    this.task = task;
    spare = task.spareSteps();
  }

  /** The text that stands, given the one of the first attempt. */
  DecodedChunk climb(DecodedChunk first) throws ProcessingException, TaskStoppedException {
    DecodedChunk best = isDoubtful(first) ? inBestLanguage(first) : first;
    if (isToBeWidened(best)) {
      best = best(List.of(best, attempt(best.heardIn(), new Attempt(0, WIDE))));
    }
    List<DecodedChunk> all = new ArrayList<>(List.of(best));
    for (int attempt = 1; attempt < options.temperatures().size() && spare > 0; attempt++) {
      if (!isWrong(best)) {
        return best;
      }
      best = attempt(all.get(0).heardIn(), new Attempt(attempt, options.bestOf()));
      all.add(best);
    }
    return isWrong(best) ? best(all) : best;
  }

  private DecodedChunk inBestLanguage(DecodedChunk first)
      throws ProcessingException, TaskStoppedException {
    List<DecodedChunk> all = new ArrayList<>(List.of(first));
    for (LanguageTry other : task.tries().subList(1, task.tries().size())) {
      if (spare > 0) {
        all.add(attempt(other, Attempt.first(options)));
      }
    }
    return best(all);
  }

  private DecodedChunk attempt(LanguageTry language, Attempt attempt)
      throws ProcessingException, TaskStoppedException {
    DecodedChunk decoded = retry.decode(language, attempt);
    // rows share the reading of the weights
    spare -= (decoded.tokens().size() + 1) * (3 + attempt.hypotheses()) / 4;
    return decoded;
  }

  /**
   * Returns whether several hypotheses may find a better text. One temperature says that there are
   * to be no second thoughts, the best of one that memory is short.
   */
  private boolean isToBeWidened(DecodedChunk decoded) {
    return options.beamSize() < WIDE
        && options.bestOf() > 1
        && options.temperatures().size() > 1
        && spare > 0
        && (isWrong(decoded)
            || (decoded.scores().averageLogProbability() < DOUBTFUL_MEAN
                && !DecodingQuality.isSilence(decoded.scores(), options)));
  }

  private boolean isDoubtful(DecodedChunk decoded) {
    return task.tries().size() > 1
        && (isWrong(decoded)
            || decoded.scores().averageLogProbability() < DOUBTFUL_MEAN
            || decoded.heardIn().language().probability() < DOUBTFUL_LANGUAGE);
  }

  private boolean isWrong(DecodedChunk decoded) {
    DecodingQuality quality = DecodingQuality.of(decoded.scores(), options);
    return quality == DecodingQuality.AGAIN
        || (decoded.isLoop() && quality != DecodingQuality.SILENCE);
  }

  private DecodedChunk best(List<DecodedChunk> all) {
    DecodedChunk best = all.get(0);
    for (DecodedChunk other : all) {
      if (worth(other) > worth(best)) {
        best = other;
      }
    }
    return best;
  }

  private double worth(DecodedChunk decoded) {
    double language = Math.log(Math.max(1e-6, decoded.heardIn().language().probability()));
    boolean repeats =
        decoded.isLoop()
            || decoded.scores().compressionRatio() > options.compressionRatioThreshold();
    return decoded.scores().averageLogProbability()
        + WEIGHT_OF_LANGUAGE * language
        - (repeats ? PRICE_OF_REPETITION : 0)
        - (decoded.text().isEmpty() ? PRICE_OF_SILENCE : 0);
  }
}
