package io.maie.edge.asr.whisper;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes a chunk again whose text looks wrong: in the other languages that may be spoken, with
 * more hypotheses side by side, then at rising temperatures, as openai/whisper does. Ends when a
 * text looks right, or when the steps of {@link StepBudget} are spent; then the best of all texts
 * stands. An attempt that they end in the middle of its text does not count.
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
  private final int leastRoom;
  private final int spare;
  private int spent;

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

  /**
   * Nothing is tried yet.
   *
   * @param room the limits of all attempts
   */
  DecodingFallback(Retry retry, WhisperOptions options, ChunkTask task, Room room) {
    this.retry = retry;
    this.options = options;
    this.task = task;
    leastRoom = room.least();
    spare = room.spare();
  }

  /**
   * Limits of attempts, in steps of the decoder.
   *
   * @param least that an attempt needs
   * @param spare for all of them
   */
  record Room(int least, int spare) {}

  /** The steps that were spent. */
  int spent() {
    return spent;
  }

  /** The text that stands, given the one of the first attempt. */
  DecodedChunk climb(DecodedChunk first) throws ProcessingException, TaskStoppedException {
    DecodedChunk best = isDoubtful(first) ? inBestLanguage(first) : first;
    if (isToBeWidened(best)) {
      List<DecodedChunk> both = new ArrayList<>(List.of(best));
      attempt(best.heardIn(), new Attempt(0, WIDE)).ifPresent(both::add);
      best = best(both);
    }
    List<DecodedChunk> all = new ArrayList<>(List.of(best));
    for (int attempt = 1; attempt < options.temperatures().size() && isWrong(best); attempt++) {
      Optional<DecodedChunk> next =
          attempt(all.get(0).heardIn(), new Attempt(attempt, options.bestOf()));
      next.ifPresent(all::add);
      best = next.orElse(best);
    }
    return isWrong(best) ? best(all) : best;
  }

  private DecodedChunk inBestLanguage(DecodedChunk first)
      throws ProcessingException, TaskStoppedException {
    List<DecodedChunk> all = new ArrayList<>(List.of(first));
    for (LanguageTry other : task.tries().subList(1, task.tries().size())) {
      attempt(other, Attempt.first(options)).ifPresent(all::add);
    }
    return best(all);
  }

  private Optional<DecodedChunk> attempt(LanguageTry language, Attempt wished)
      throws ProcessingException, TaskStoppedException {
    Attempt attempt = wished.within(spare - spent);
    if (attempt.mostSteps() < leastRoom) {
      return Optional.empty();
    }
    DecodedChunk decoded = retry.decode(language, attempt);
    spent += (int) attempt.cost(decoded.steps());
    return decoded.isGivenUp() ? Optional.empty() : Optional.of(decoded);
  }

  /**
   * Returns whether several hypotheses may find a better text. One temperature says that there are
   * to be no second thoughts, the best of one that memory is short.
   */
  private boolean isToBeWidened(DecodedChunk decoded) {
    return options.beamSize() < WIDE
        && options.bestOf() > 1
        && options.temperatures().size() > 1
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
