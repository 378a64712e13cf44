package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Language;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that are heard by a scripted decoder, at the worst that a model can do. */
final class StepBudgetTest {
  private static final WhisperShape BASE =
      new WhisperShape(80, 30 * Waveform.SAMPLE_RATE, 1500, 512, 6, 8, 448, 448);

  private static final int ENCODER_STEPS = 100;
  private static final int STEPS_PER_SECOND = 6;
  private static final int TIMES = 3;
  private static final LanguageTry ENGLISH = language("en", 0.4);
  private static final List<LanguageTry> TRIES =
      List.of(ENGLISH, language("cy", 0.3), language("de", 0.2), language("nl", 0.1));

  private final WhisperOptions options =
      new WhisperOptions(1, 5, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), 2.4, -1, 0.6, false, true, 0);

  private int attempts;

  /** Every text is a loop as long as the sound allows, and leaves all but a frame to be redone. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 3, 8.3, 10, 29.99, 30, 30.01, 31, 45, 60, 61, 200, 3600})
  void aDecoderThatNeverSatisfiesTheChecksCostsAtMostThreeTimesAnOrdinaryOne(double seconds)
      throws Exception {
    long cost = hear((long) (seconds * Waveform.SAMPLE_RATE), false);

    assertThat(cost).isLessThanOrEqualTo(TIMES * ordinary(seconds));
    assertThat(attempts).isPositive();
  }

  /** It leaves its last words to the next chunk, as openai/whisper does. */
  @ParameterizedTest
  @ValueSource(doubles = {10, 31, 45, 60, 61, 200, 3600})
  void anOrdinaryDecoderMayAlwaysLeaveItsLastWordsToTheNextChunk(double seconds) throws Exception {
    long samples = (long) (seconds * Waveform.SAMPLE_RATE);

    assertThat(hear(samples, true)).isLessThanOrEqualTo(TIMES * ordinary(seconds));
    assertThat(attempts).isZero();
  }

  @Test
  void anAttemptThatTheStepsEndIsNotBelieved() throws Exception {
    ChunkTask task = task(5 * Waveform.SAMPLE_RATE);
    DecodedChunk first = wrong(30, false);
    DecodingFallback fallback =
        new DecodingFallback(
            (language, attempt) -> wrong(attempt.mostSteps(), true),
            options,
            task,
            new DecodingFallback.Room(20, 100));

    assertThat(fallback.climb(first)).isSameAs(first);
    assertThat(fallback.spent()).isLessThanOrEqualTo(100);
  }

  private long hear(long window, boolean isOrdinary) throws Exception {
    Attempt each = Attempt.first(options);
    StepBudget budget = new StepBudget(window, BASE, each);
    long heard = 0;
    long all = 0;
    while (window - heard >= WhisperShape.HOP) {
      int length = (int) Math.min(window - heard, BASE.chunkSamples());
      ChunkTask task = task(length);
      int most = task.maxTokens(BASE, ENGLISH.prompt());
      int usual = STEPS_PER_SECOND * length / Waveform.SAMPLE_RATE;
      DecodedChunk first = isOrdinary ? right(usual) : wrong(most, false);
      long begun = StepBudget.ENCODER_STEPS + each.cost(first.steps());
      DecodingFallback fallback =
          new DecodingFallback(
              (language, attempt) -> {
                attempts++;
                int steps = Math.min(most, attempt.mostSteps());
                return wrong(steps, steps < most);
              },
              options,
              task,
              new DecodingFallback.Room(
                  task.leastRoom(BASE), budget.spare(length, begun, window - heard - length)));
      fallback.climb(first);
      long cost = begun + fallback.spent();
      long wished = isOrdinary ? length * 5L / 6 : WhisperShape.HOP;
      boolean isLast = heard + length == window;
      boolean mayLeaveTheRest = budget.covers(cost, window - heard - wished);
      if (isOrdinary && !isLast) {
        assertThat(mayLeaveTheRest).as("at %d of %d", heard, window).isTrue();
      }
      heard += (mayLeaveTheRest && !(isOrdinary && isLast)) ? wished : length;
      budget.spend(cost);
      all += cost;
    }
    return all;
  }

  private static long ordinary(double seconds) {
    return (long) (ENCODER_STEPS * Math.ceil(seconds / 30)) + (long) (STEPS_PER_SECOND * seconds);
  }

  private static ChunkTask task(int samples) {
    return new ChunkTask(0, new float[samples], ChunkEnd.OPEN, TRIES, 0);
  }

  private static DecodedChunk right(int steps) {
    return decoded(-0.2, steps, false, language("en", 0.9));
  }

  private static DecodedChunk wrong(int steps, boolean isGivenUp) {
    return decoded(-2, steps, isGivenUp, ENGLISH);
  }

  private static DecodedChunk decoded(
      double mean, int steps, boolean isGivenUp, LanguageTry heardIn) {
    List<ScoredToken> tokens = Collections.nCopies(steps, new ScoredToken(1, (float) mean));
    DecodingScores scores = new DecodingScores(mean, 0, 1, 0);
    return new DecodedChunk(tokens, "text", scores, mean < -1, heardIn, steps, isGivenUp);
  }

  private static LanguageTry language(String code, double probability) {
    return new LanguageTry(new Language(code, probability), new Prompt(List.of(1), 0));
  }
}
